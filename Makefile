# gaze: how to build it. `make help` lists what there is.
#
# Settings, all optional:   make CC=clang OPENMP=0 ZLIB=0 STATIC=1 BUILD=/tmp/b OPT=-O0
#   OPENMP  threads (default: 1 when the compiler has OpenMP)
#   ZLIB    compressed .npz, .svgz and small pictures (default: 1 when zlib.h is there)
#   STATIC  1: one binary that needs no shared library

CC      ?= cc
OPT     ?= -O2
BUILD   ?= build
PREFIX  ?= /usr/local
DESTDIR ?=
STATIC  ?= 0
WERROR  ?= 0
OPENMP  ?= $(call probe,omp.h,-fopenmp)
ZLIB    ?= $(call probe,zlib.h,)

# 1 when the header can be included with the flag. (A # in a call means different things to different makes.)
HASH := \#
probe = $(shell printf '$(HASH)include <$(1)>\n' | $(CC) $(CFLAGS) $(2) -E -xc - >/dev/null 2>&1 && echo 1 || echo 0)
OPENMP := $(OPENMP)
ZLIB   := $(ZLIB)

# NO NEED TO CHANGE ANYTHING BELOW THIS LINE ---------------------------------------------------------

VERSION := 0.1.0

# `make V=1` shows the whole commands.
V ?= 0
say = $(if $(filter 1,$(V)),,@echo "  $(1) $(2)";)
MACHINE := $(firstword $(subst -, ,$(shell $(CC) -dumpmachine)))

WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wvla
ifeq ($(WERROR),1)
WARNINGS += -Werror
endif
# -ffp-contract=off: the same sums at every optimisation level. Never -ffast-math: NaN and infinity count.
CFLAGS_ALL := -std=c11 $(OPT) -g -fPIC -ffp-contract=off $(WARNINGS) -I. $(CFLAGS)
CPPFLAGS_ALL := -D_XOPEN_SOURCE=700 -D_FILE_OFFSET_BITS=64 -DGAZE_VERSION='"$(VERSION)"' $(CPPFLAGS)
LIBS := -lm
ifeq ($(OPENMP),1)
CFLAGS_ALL += -fopenmp
endif
ifeq ($(ZLIB),1)
CPPFLAGS_ALL += -DGAZE_ZLIB=1
LIBS := -lz $(LIBS)
endif
ifeq ($(STATIC),1)
LDFLAGS_ALL := -static $(LDFLAGS)
else
LDFLAGS_ALL := $(LDFLAGS)
endif
ifeq ($(MACHINE),i686)
CFLAGS_ALL += -msse2 -mfpmath=sse
endif
# Here gcc's -std=c11 computes floats as doubles; vectors of floats cannot be made of those.
ifeq ($(MACHINE),s390x)
CFLAGS_ALL += -fexcess-precision=fast
endif

# The files in core/kernels/simd are built once for each instruction set, with their own flags:
# contraction gives fused multiply-adds, and loops over vector math need -O3.
LEVELS_x86_64  := scalar baseline avx2 avx512
LEVELS_aarch64 := scalar neon
# A compiler without vector types (tcc) builds the scalar level alone.
VECTORS := $(shell printf '$(HASH)if defined(__GNUC__) && !defined(__TINYC__)\nhas_vectors\n$(HASH)endif\n' | \
    $(CC) -E -xc - 2>/dev/null | grep -c has_vectors)
LEVELS := $(if $(filter 1,$(VECTORS)),$(or $(LEVELS_$(MACHINE)),scalar baseline),scalar)
CPPFLAGS_ALL += $(LEVELS:%=-DGAZE_BUILT_%)
KERNEL_OPT := $(if $(filter -O0,$(OPT)),-O0,-O3) -ffp-contract=fast -fno-math-errno -fno-trapping-math
FLAGS_scalar   :=
FLAGS_baseline :=
FLAGS_neon     :=
FLAGS_avx2     := -mavx2 -mfma -mf16c
FLAGS_avx512   := -mavx512f -mavx512vl -mavx512dq -mavx512bw -mfma -mf16c -mprefer-vector-width=512

ROOMS    := core/base core/kernels core/nn core/model core/task core/train core/explain \
            tokenizer weights viz $(patsubst %/,%,$(wildcard viz/*/)) tools/pipeline
SCRIPTS  := $(wildcard viz/*/*.js) # of the interactive pages; each becomes a string of the library
LIB_SRC  := $(wildcard $(addsuffix /*.c,$(ROOMS)))
SIMD_SRC := $(wildcard core/kernels/simd/*.c)
CLI_SRC  := $(wildcard tools/cli/*.c)
LIB_OBJ  := $(LIB_SRC:%.c=$(BUILD)/%.o) \
            $(foreach l,$(LEVELS),$(SIMD_SRC:core/kernels/simd/%.c=$(BUILD)/core/kernels/simd/$(l)/%.o))
CLI_OBJ  := $(CLI_SRC:%.c=$(BUILD)/%.o)
LIB_OBJ  += $(SCRIPTS:%=$(BUILD)/%.o)
LIB      := $(BUILD)/libgaze.a

TEST_SRC     := $(wildcard tests/*/test_*.c) $(wildcard tests/fuzz/fuzz_*.c)
TEST_BIN     := $(TEST_SRC:%.c=$(BUILD)/%)
SUPPORT_OBJ  := $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/support/*.c))
COMMANDS     := $(BUILD)/libcommands.a

.PHONY: FORCE all lib test test-asan test-hf bench check install clean help gallery
.SECONDARY:
.DELETE_ON_ERROR:

all: gaze

# The binary lies in the build folder; the link at the top is what people type.
gaze: $(BUILD)/gaze
	@ln -sf $(BUILD)/gaze gaze

lib: $(LIB)

$(BUILD)/gaze: $(CLI_OBJ) $(LIB)
	$(call say,LD,$@)$(CC) $(CFLAGS_ALL) $(LDFLAGS_ALL) -o $@ $(CLI_OBJ) $(LIB) $(LIBS)

$(LIB): $(LIB_OBJ)
	@rm -f $@
	$(call say,AR,$@)$(AR) rcs $@ $(LIB_OBJ)

# Everything is built anew when the compiler or the flags change.
FLAGS_NOW := $(CC) $(CFLAGS_ALL) $(CPPFLAGS_ALL) $(LDFLAGS_ALL) $(LEVELS) $(KERNEL_OPT)
$(BUILD)/flags: FORCE
	@mkdir -p $(BUILD)
	@echo "$(subst ",\",$(FLAGS_NOW))" | cmp -s - $@ || echo "$(subst ",\",$(FLAGS_NOW))" > $@
FORCE:

$(BUILD)/%.o: %.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,CC,$<)$(CC) $(CFLAGS_ALL) $(CPPFLAGS_ALL) -MMD -MP -c -o $@ $<

# x.js as the array gaze_script_x, with a 0 at its end; lines of comment and indentation stay behind.
$(BUILD)/%.js.c: %.js
	@mkdir -p $(@D)
	@{ echo '#include "viz/html/scripts.h"'; echo 'const unsigned char gaze_script_$(notdir $*)[] = {'; \
	   sed -e 's/^ *//' -e '/^\/\//d' -e '/^$$/d' $< | od -An -v -tx1 | sed 's/ *\([0-9a-f][0-9a-f]\)/0x\1,/g'; echo '0};'; } > $@

$(BUILD)/%.js.o: $(BUILD)/%.js.c $(BUILD)/flags
	$(call say,CC,$*.js)$(CC) $(CFLAGS_ALL) $(CPPFLAGS_ALL) -MMD -MP -c -o $@ $<

define simd_rule
$(BUILD)/core/kernels/simd/$(1)/%.o: core/kernels/simd/%.c $(BUILD)/flags
	@mkdir -p $$(@D)
	$$(call say,CC,$$< ($(1)))$(CC) $(CFLAGS_ALL) $(KERNEL_OPT) $(FLAGS_$(1)) $(CPPFLAGS_ALL) -DGAZE_LEVEL=$(1) -DGAZE_LEVEL_$(1)=1 \
	    -MMD -MP -c -o $$@ $$<
endef
$(foreach l,$(LEVELS),$(eval $(call simd_rule,$(l))))

# Tests ----------------------------------------------------------------------------------------------
# `make test T=wordpiece` runs the tests whose file name contains that word.
# GAZE_TEST_DATA names the folder of public vocabularies, goldens and malformed files; without it the
# tests that need them say so and are left out. RUN is put before each program: an emulator, valgrind.

$(BUILD)/tests/%: $(BUILD)/tests/%.o $(SUPPORT_OBJ) $(COMMANDS) $(LIB)
	$(call say,LD,$@)$(CC) $(CFLAGS_ALL) $(LDFLAGS_ALL) -o $@ $< $(SUPPORT_OBJ) $(COMMANDS) $(LIB) -lcmocka $(LIBS)

# The commands without their main, for tests that run them in their own process.
$(COMMANDS): $(filter-out %/main.o,$(CLI_OBJ))
	@rm -f $@
	$(call say,AR,$@)$(AR) rcs $@ $^

TESTS := $(if $(T),$(foreach t,$(TEST_BIN),$(if $(findstring $(T),$(t)),$(t))),$(TEST_BIN))
test: $(TESTS) $(BUILD)/gaze
	@RUN="$(RUN)" GAZE="$(RUN) $(BUILD)/gaze" tests/run.sh $(TESTS)

# The same tests with the address and undefined-behaviour sanitizers (gcc), which also report leaks.
test-asan:
	@$(MAKE) test BUILD=$(BUILD)-asan OPT="-O1" \
	    CFLAGS="$(CFLAGS) -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer"

# Torture, fuzzing, coverage, valgrind, threads.
include tests/thorough.mk

# Live comparison with the installed Hugging Face libraries, in a virtual environment of its own.
test-hf: $(BUILD)/gaze
	@GAZE=$(BUILD)/gaze BUILD=$(BUILD) tests/hf/run.sh

# The interactive pages in Debian's Chromium, without a network; T=head_view for one view.
test-browser: $(BUILD)/gaze
	@BUILD=$(BUILD) GAZE=$(BUILD)/gaze T="$(T)" sh tests/browser/run.sh

# Speed of the matrix product; THREADS=2 for more than one.
bench: $(BUILD)/bench_gemm
	$(BUILD)/bench_gemm $(THREADS)

$(BUILD)/bench_gemm: $(BUILD)/tools/bench_gemm.o $(LIB)
	$(CC) $(CFLAGS_ALL) $(LDFLAGS_ALL) -o $@ $< $(LIB) $(LIBS)

# Every view for the course's sentences, with an index page; MODEL=path, OUT=folder.
gallery: $(BUILD)/gaze
	@GAZE=$(BUILD)/gaze MODEL="$(MODEL)" OUT="$(or $(OUT),gallery)" sh tools/gallery.sh

# Rules that no compiler knows: the direction of the arrows, names in the chapters.
check:
	@sh tools/check_includes.sh
	@if command -v python3 >/dev/null; then python3 tools/check_walkthrough.py; \
	 else echo "check_walkthrough: left out, no python3"; fi

# Installing: the command, the library (static and shared), the headers that tools/gaze.h includes, and what
# other programs ask for them with: gaze.pc, the manual page, the completion of bash.
SONAME := libgaze.so.$(firstword $(subst ., ,$(VERSION)))
SHARED := $(BUILD)/libgaze.so.$(VERSION)
TO     := $(DESTDIR)$(PREFIX)
PUBLIC_HEADERS = $(sort $(filter %.h,$(shell $(CC) -I. -MM tools/gaze.h)))

$(SHARED): $(LIB_OBJ)
	$(call say,LD,$@)$(CC) $(CFLAGS_ALL) $(LDFLAGS) -shared -Wl,-soname,$(SONAME) -o $@ $(LIB_OBJ) $(LIBS)

$(BUILD)/gaze.pc: tools/install/gaze.pc.in $(BUILD)/flags
	@sed -e 's|@PREFIX@|$(PREFIX)|; s|@VERSION@|$(VERSION)|' \
	    -e 's|@PRIVATE@|$(LIBS) $(if $(filter 1,$(OPENMP)),-fopenmp)|' $< > $@

install: $(BUILD)/gaze $(LIB) $(SHARED) $(BUILD)/gaze.pc
	install -d $(TO)/bin $(TO)/lib/pkgconfig $(TO)/share/man/man1 $(TO)/share/bash-completion/completions
	install -m 755 $(BUILD)/gaze $(TO)/bin/gaze
	install -m 644 $(LIB) $(TO)/lib/libgaze.a
	install -m 755 $(SHARED) $(TO)/lib/libgaze.so.$(VERSION)
	ln -sf libgaze.so.$(VERSION) $(TO)/lib/$(SONAME)
	ln -sf $(SONAME) $(TO)/lib/libgaze.so
	install -m 644 $(BUILD)/gaze.pc $(TO)/lib/pkgconfig/gaze.pc
	install -m 644 tools/install/gaze.1 $(TO)/share/man/man1/gaze.1
	install -m 644 tools/install/completion.bash $(TO)/share/bash-completion/completions/gaze
	for h in $(PUBLIC_HEADERS); do install -D -m 644 $$h $(TO)/include/gaze/$$h || exit 1; done
	install -m 644 tools/gaze.h $(TO)/include/gaze/gaze.h

# The tests on other processors, under emulation (root, Debian, network).
test-cross:
	@sh tests/cross/run.sh $(ARCH)

# Installs into a folder of the build and compiles tests/install/example.c against what lies there.
test-install:
	@$(MAKE) install DESTDIR=$(abspath $(BUILD))/root PREFIX=/usr > $(BUILD)/install.log
	@CC="$(CC)" ROOT=$(abspath $(BUILD))/root sh tests/install/run.sh

clean:
	rm -rf $(BUILD) $(BUILD)-asan $(BUILD)-fuzz $(BUILD)-coverage $(BUILD)-tsan $(BUILD)-musl $(BUILD)-same gaze

help:
	@echo "make            build ./gaze"
	@echo "make test       unit tests (cmocka); T=word runs the files whose name contains it"
	@echo "make test-asan  the same under the address and undefined-behaviour sanitizers"
	@echo "make torture    every allocation and every call of the system failing in turn"
	@echo "make fuzz       libFuzzer (clang) on tests/fuzz; F=json TIME=600 JOBS=2"
	@echo "make coverage   lines and branches that the tests reach, and those that they do not (gcc)"
	@echo "make test-valgrind, test-tsan   memory and threads under other eyes"
	@echo "make test-musl  a static binary below 2 MB, in build-musl, draws what the other draws (musl-tools)"
	@echo "make test-same  every view has the same bytes by gcc and clang, -O0 and -O3, any threads, any locale (clang, locales)"
	@echo "make test-hf    live comparison with Hugging Face transformers and tokenizers (Python, network)"
	@echo "make test-browser the interactive pages in Chromium (nodejs, npm, network); T=head_view"
	@echo "make test-cross the unit tests on arm64, armhf, i386, s390x under qemu; ARCH=s390x for one"
	@echo "make bench      speed of the matrix product; THREADS=2"
	@echo "make gallery    every view for the course's sentences, with an index page; MODEL=path OUT=folder"
	@echo "make check      direction of the includes, names in the chapters"
	@echo "make install    PREFIX=/usr/local DESTDIR=; make test-install tries it in the build folder"
	@echo "make clean"
	@echo
	@echo "settings: CC=$(CC) OPENMP=$(OPENMP) ZLIB=$(ZLIB) STATIC=$(STATIC) OPT=$(OPT) BUILD=$(BUILD) WERROR=$(WERROR)"

-include $(LIB_OBJ:.o=.d) $(CLI_OBJ:.o=.d) $(SUPPORT_OBJ:.o=.d) $(TEST_BIN:=.d)
