# What the build needs is gathered first and asked for once, all of it, with the names of the Debian
# packages: TCPCLOSE_NEEDS_BEGIN, any number of TCPCLOSE_NEED_x, TCPCLOSE_NEEDS_END.

AC_DEFUN([TCPCLOSE_NEEDS_BEGIN], [
tcpclose_lacking=
tcpclose_packages=
])

AC_DEFUN([TCPCLOSE_NEEDS_END], [
AS_IF([test "x$tcpclose_packages" != x], [
	AC_MSG_ERROR([these are lacking:
$tcpclose_lacking
On Debian and its kin: apt-get install$tcpclose_packages])])
])

# TCPCLOSE_LACKS(what, package)
AC_DEFUN([TCPCLOSE_LACKS], [
	tcpclose_lacking="$tcpclose_lacking
  $1 (package $2)"
	tcpclose_packages="$tcpclose_packages $2"
])

# AC_PROG_CC ends the script when there is no compiler, so look before it does.
AC_DEFUN([TCPCLOSE_NEED_COMPILER], [
AC_CHECK_PROGS([tcpclose_cc], [${CC:-gcc} cc clang])
AS_IF([test "x$tcpclose_cc" = x],
	[TCPCLOSE_LACKS([a C compiler], [gcc])
	 TCPCLOSE_LACKS([the C library's headers], [libc6-dev])],
	[AC_PROG_CC])
])

# TCPCLOSE_NEED_PROGRAM(NAME, program, package, file of a release that makes it unnecessary)
AC_DEFUN([TCPCLOSE_NEED_PROGRAM], [
AC_CHECK_PROGS([$1], [$2])
found_$1=${$1:-no}
AS_IF([test "x$$1" = x], [
	AS_IF([test -f "$srcdir/$4"],
		[found_$1="no (not needed: the release has its output)"],
		[TCPCLOSE_LACKS([$2], [$3])])])
])

# TCPCLOSE_FIND_LIBRARY(NAME, library, header, function): sets found_NAME and NAME_LIBS.
# Without a compiler only the header can be looked for.
AC_DEFUN([TCPCLOSE_FIND_LIBRARY], [
found_$1=no
AS_IF([test "x$tcpclose_cc" = x],
	[AS_IF([test -f "/usr/include/$3"], [found_$1=yes])],
	[AC_CHECK_HEADER([$3],
		[AC_CHECK_LIB([$2], [$4], [found_$1=yes])], [],
		[#include <setjmp.h>
		 #include <stdarg.h>
		 #include <stddef.h>
		 #include <stdint.h>
		 #include <sys/types.h>])])
AC_SUBST([$1_LIBS], [-l$2])
])

# TCPCLOSE_NEED_LIBRARY(NAME, library, header, function, package)
AC_DEFUN([TCPCLOSE_NEED_LIBRARY], [
TCPCLOSE_FIND_LIBRARY([$1], [$2], [$3], [$4])
AS_IF([test "x$found_$1" = xno], [TCPCLOSE_LACKS([lib$2 with its header $3], [$5])])
])

# TCPCLOSE_LIBRARY_FILE(library, function, macro): defines the macro as the name, with its version, under
# which a program that is linked to the library has it loaded.
AC_DEFUN([TCPCLOSE_LIBRARY_FILE], [
AC_CHECK_TOOL([READELF], [readelf], [:])
tcpclose_saved="$LIBS"
LIBS="-l$1 $LIBS"
AC_MSG_CHECKING([for the file of lib$1])
AC_LINK_IFELSE([AC_LANG_CALL([], [$2])],
	[tcpclose_file=`$READELF -d conftest$EXEEXT |
		sed -n 's/.*NEEDED.*\@<:@\(lib$1\.so@<:@^@:>@@:>@*\)@:>@.*/\1/p'`],
	[tcpclose_file=])
AS_IF([test "x$tcpclose_file" = x], [tcpclose_file=lib$1.so])
AC_MSG_RESULT([$tcpclose_file])
LIBS="$tcpclose_saved"
AC_DEFINE_UNQUOTED([$3], ["$tcpclose_file"], [lib$1, as the loader knows it])
])

AC_DEFUN([TCPCLOSE_WARNINGS], [
TCPCLOSE_CFLAGS="-std=gnu11 -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes"
TCPCLOSE_CFLAGS="$TCPCLOSE_CFLAGS -Wpointer-arith -Wvla"
AS_IF([test "x$enable_werror" = xyes], [TCPCLOSE_CFLAGS="$TCPCLOSE_CFLAGS -Werror"])
AC_SUBST([TCPCLOSE_CFLAGS])
])

AC_DEFUN([TCPCLOSE_SANITIZERS], [
SANITIZER_FLAGS=
AS_IF([test "x$enable_sanitizers" = xyes], [
	SANITIZER_FLAGS="-fsanitize=address,undefined -fno-sanitize-recover=all"
	SANITIZER_FLAGS="$SANITIZER_FLAGS -fno-omit-frame-pointer"
	TCPCLOSE_TRY_LINK([$SANITIZER_FLAGS], [],
		[AC_MSG_ERROR([$CC cannot link with $SANITIZER_FLAGS])])])
AC_SUBST([SANITIZER_FLAGS])
])

# Libraries get the instrumentation, only the targets libFuzzer's main.
AC_DEFUN([TCPCLOSE_FUZZERS], [
FUZZ_CPPFLAGS=-DFUZZ_MAIN
FUZZ_LDFLAGS=
AS_IF([test "x$enable_fuzzers" = xyes], [
	SANITIZER_FLAGS="-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all"
	FUZZ_CPPFLAGS=
	FUZZ_LDFLAGS=-fsanitize=fuzzer
	TCPCLOSE_TRY_COMPILE([$SANITIZER_FLAGS], [],
		[AC_MSG_ERROR([$CC has no libFuzzer: configure with CC=clang (packages clang, libclang-rt-dev)])])])
AC_SUBST([FUZZ_CPPFLAGS])
AC_SUBST([FUZZ_LDFLAGS])
])

# TCPCLOSE_TRY_LINK(flags, if it works, if not)
AC_DEFUN([TCPCLOSE_TRY_LINK], [
tcpclose_saved="$CFLAGS"
CFLAGS="$CFLAGS $1"
AC_LINK_IFELSE([AC_LANG_PROGRAM()], [tcpclose_works=yes], [tcpclose_works=no])
CFLAGS="$tcpclose_saved"
AS_IF([test $tcpclose_works = yes], [$2], [$3])
])

# TCPCLOSE_TRY_COMPILE(flags, if it works, if not)
AC_DEFUN([TCPCLOSE_TRY_COMPILE], [
tcpclose_saved="$CFLAGS"
CFLAGS="$CFLAGS $1"
AC_COMPILE_IFELSE([AC_LANG_PROGRAM()], [tcpclose_works=yes], [tcpclose_works=no])
CFLAGS="$tcpclose_saved"
AS_IF([test $tcpclose_works = yes], [$2], [$3])
])
