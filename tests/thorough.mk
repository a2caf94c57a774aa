# The slower and deeper checks; included by the Makefile, which explains the settings.

.PHONY: torture fuzz test-valgrind test-tsan coverage test-musl test-same

# Every allocation and every call of the system failing in turn; `make test` takes some of them.
torture:
	@GAZE_TORTURE=1 $(MAKE) test T=torture

# Fuzzing --------------------------------------------------------------------------------------------
# `make fuzz F=json TIME=600` lets libFuzzer (clang) work on tests/fuzz/fuzz_json.c for ten minutes; without F
# every target gets TIME seconds, JOBS of them at once. What it finds that reaches new code stays in
# build-fuzz/corpus; what breaks something is left in build-fuzz and printed.

TIME ?= 60
JOBS ?= 1
FUZZ_OBJ := $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/fuzz/fuzz_*.c))
FUZZ_BIN := $(if $(F),$(BUILD)/tests/fuzz/fuzz_$(F),$(FUZZ_OBJ:.o=))

fuzz:
	@$(MAKE) fuzz-targets BUILD=$(BUILD)-fuzz CC=clang OPENMP=0 OPT=-O1 FUZZER=-fsanitize=fuzzer WERROR=1 \
	    CFLAGS="-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer"
	@BUILD=$(BUILD)-fuzz TIME=$(TIME) JOBS=$(JOBS) sh tests/fuzz/run.sh $(F)

fuzz-targets: $(FUZZ_BIN)

# With FUZZER the fuzzer brings its own main; without it, tests/fuzz/replay.c reads the corpus.
REPLAY := $(if $(FUZZER),,$(BUILD)/tests/fuzz/replay.o)
$(BUILD)/tests/fuzz/fuzz_%: $(BUILD)/tests/fuzz/fuzz_%.o $(REPLAY) $(SUPPORT_OBJ) $(COMMANDS) $(LIB)
	$(call say,LD,$@)$(CC) $(CFLAGS_ALL) $(FUZZER) $(LDFLAGS_ALL) -o $@ $< $(REPLAY) $(SUPPORT_OBJ) $(COMMANDS) $(LIB) \
	    -lcmocka $(LIBS)

# Coverage, by gcc and gcov: what the tests reach, and what they do not.
coverage:
	@find $(BUILD)-coverage -name '*.gcda' -delete 2>/dev/null || true
	@GAZE_TORTURE=1 $(MAKE) test BUILD=$(BUILD)-coverage CC=gcc OPT=-O0 CFLAGS="$(CFLAGS) --coverage -DNDEBUG"
	@BUILD=$(BUILD)-coverage sh tests/coverage.sh

# Valgrind knows fewer instruction sets than processors have, and takes 20 to 50 times as long: not the tests whose
# point is speed or number, nor those that the sanitizers of `make test-asan` have seen in another form.
VALGRIND := valgrind -q --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=definite,indirect
SLOW     := %/test_goldens %/test_random %/test_vecmath %/test_gemm %/test_commands %/test_run %/test_parity %/test_properties
test-valgrind: $(TESTS) $(BUILD)/gaze
	@GAZE_SIMD=baseline OMP_NUM_THREADS=1 GAZE=$(BUILD)/gaze RUN="$(VALGRIND)" \
	    tests/run.sh $(filter-out $(if $(T),,$(SLOW) $(FUZZ_OBJ:.o=)),$(TESTS))

# Threads: clang and its libomp, which tells the sanitizer about its barriers (gcc's libgomp does not).
test-tsan:
	@TSAN_OPTIONS="ignore_noninstrumented_modules=1 halt_on_error=1" $(MAKE) test BUILD=$(BUILD)-tsan CC=clang OPT=-O1 \
	    CFLAGS="$(CFLAGS) -fsanitize=thread -fno-omit-frame-pointer"

# One file that runs on any Linux of this processor: static, with musl (Debian's musl-tools), which has no OpenMP and
# no zlib. It must be below 2 MB and draw what the other binary draws, byte for byte.
PICTURE := heatmap --model tests/data/models/tiny-bert --layer all --head all --format svg "The cat sat on the mat."
test-musl: $(BUILD)/gaze
	@$(MAKE) $(BUILD)-musl/gaze BUILD=$(BUILD)-musl CC=musl-gcc STATIC=1 OPENMP=0 ZLIB=0 LDFLAGS=-s
	@$(BUILD)/gaze $(PICTURE) > $(BUILD)-musl/other.svg
	@env -i $(BUILD)-musl/gaze $(PICTURE) > $(BUILD)-musl/picture.svg
	@cmp $(BUILD)-musl/picture.svg $(BUILD)-musl/other.svg
	@bytes=$$(wc -c < $(BUILD)-musl/gaze); echo "static binary: $$bytes bytes"; test $$bytes -lt 2000000

# The same arrays give the same bytes, whoever compiled the binary, whatever the threads and the locale.
SAME := $(patsubst %,$(BUILD)-same/%/gaze,gcc-O3 gcc-O0 clang-O2)
$(SAME): $(BUILD)-same/%/gaze: FORCE
	@$(MAKE) $@ BUILD=$(@D) CC=$(firstword $(subst -, ,$*)) OPT=-$(lastword $(subst -, ,$*))
test-same: $(SAME)
	@BUILD=$(BUILD)-same BINARIES="$(SAME)" CC="$(CC)" sh tests/same/run.sh
