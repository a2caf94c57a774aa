#!/bin/sh
# The unit tests on other processors, under qemu's user mode (32-bit x86: as it is):  sh tests/cross/run.sh [arm64 armhf i386 s390x]
# (64-bit ARM with NEON, 32-bit ARM, 32-bit x86, and the big-endian one.) As root on Debian 12: it installs
# compilers and the emulator, and fetches the foreign cmocka and zlib into build-ARCH/root.
set -u
[ $# -gt 0 ] || set -- arm64 armhf i386 s390x

describe() {
    case $1 in
    arm64) triple=aarch64-linux-gnu qemu=aarch64 ;;
    armhf) triple=arm-linux-gnueabihf qemu=arm ;;
    i386) triple=i686-linux-gnu qemu=i386 ;;
    s390x) triple=s390x-linux-gnu qemu=s390x ;;
    *) echo "cross: unknown architecture $1" >&2 && return 1 ;;
    esac
    library=$triple # Debian's folder of 32-bit x86 libraries has another name than its compiler
    [ "$1" = i386 ] && library=i386-linux-gnu
    return 0
}

install_tools() {
    apt-get install -y --no-install-recommends qemu-user-static "gcc-$triple" "libc6-dev-$1-cross" \
        "libgomp1-$1-cross" >/dev/null
}

# cmocka and zlib for that architecture, unpacked and not installed: Debian's multiarch packages would have to
# match the machine's own versions.
fetch_libraries() {
    folder=$(pwd)/build-$1/root
    [ -d "$folder" ] && return
    mkdir -p "$folder.part"
    dpkg --add-architecture "$1"
    apt-get update >/dev/null 2>&1
    (cd "$folder.part" && apt-get download libcmocka0:"$1" libcmocka-dev:"$1" zlib1g:"$1" zlib1g-dev:"$1" >/dev/null 2>&1 &&
        for package in *.deb; do dpkg -x "$package" . || exit 1; done) || return 1
    dpkg --remove-architecture "$1"
    mv "$folder.part" "$folder"
}

run_tests() {
    root=$(pwd)/build-$1/root
    path=$root/usr/lib/$library:$root/lib/$library
    emulator="qemu-$qemu-static -L /usr/$triple -E LD_LIBRARY_PATH=$path"
    # this processor runs 32-bit x86 itself; qemu 7.2 hangs there as soon as there are two threads
    [ "$1" = i386 ] && emulator="/usr/$triple/lib/ld-linux.so.2 --library-path $path:/usr/$triple/lib"
    make -j2 test CC="$triple-gcc" BUILD="build-$1" RUN="$emulator" \
        CFLAGS="-I$root/usr/include -I$root/usr/include/$library" \
        LDFLAGS="-L$root/usr/lib/$library -L$root/lib/$library"
}

failed=""
for arch in "$@"; do
    describe "$arch" || exit 1
    echo "cross: $arch"
    install_tools "$arch" && fetch_libraries "$arch" && run_tests "$arch" || failed="$failed $arch"
done
if [ -n "$failed" ]; then
    echo "cross: FAILED on$failed"
    exit 1
fi
echo "cross: the tests pass on $*"
