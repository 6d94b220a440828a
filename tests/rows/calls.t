Each row of the table of system calls, see tests/rows.sh.

## call socket
+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
#! s/ = 3/ = -1 EINVAL/
#? socket returned

## call bind
+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0 bind(3, ..., ...) = 0
#! s/bind(3, ..., ...) = 0/bind(3, ..., ...) = -1 EADDRINUSE/
#? bind returned 0, not -1 EADDRINUSE

## call listen
include "listener.inc"
+0 state(3) = LISTEN
+0 listen(3, 1) = 0
#! s/listen(3, 1) = 0/listen(3, 1) = 1/
#? listen returned 0, not 1

## call accept
include "server.inc"
+0 write(4, ..., 10) = 10
+0 > P. 1:11(10) ack 1
+0 fcntl(3, F_SETFL, O_NONBLOCK) = 0
+0 accept(3, ..., ...) = -1 EAGAIN
#! s/accept(3, ..., ...) = -1 EAGAIN/accept(3, ..., ...) = 5/
#? accept returned -1 EAGAIN (Resource temporarily unavailable), not 5

## call accept4
include "listener.inc"
+0 < S 0:0(0) win 1000 <mss 1000>
+0 > S. 0:0(0) ack 1 <...>
+.01 < . 1:1(0) ack 1 win 1000
+0 accept4(3, ..., ..., SOCK_NONBLOCK) = 4
+0 read(4, ..., 10) = -1 EAGAIN
#! s/SOCK_NONBLOCK/SOCK_STREAM/
#? accept4 returned -1 EINVAL (Invalid argument), not 4

## call connect
+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0...0.01 connect(3, ..., ...) = 0
+0 > S 0:0(0) <...>
+.01 < S. 0:0(0) ack 1 win 1000 <mss 1000>
+0 > . 1:1(0) ack 1
#! s/connect(3, ..., ...) = 0/connect(3, ..., ...) = -1 ECONNREFUSED/
#? connect returned 0, not -1 ECONNREFUSED

## call getsockname
include "server.inc"
+0 getsockname(4, ..., ...) = 0
+0 getsockname(4, 0, 0) = -1 EFAULT
+0 getsockname(4, {sa_family=..., sin_port=htons(8080), sin_addr=...}, ...) = 0
#! s/htons(8080)/htons(8081)/
#? getsockname gave the address 192.168.0.2 port 8080, not 192.168.0.2 port 8081

## call getpeername
include "server.inc"
+0 getpeername(4, ..., ...) = 0
+0 getpeername(3, ..., ...) = -1 ENOTCONN
+0 getpeername(4, {sa_family=AF_INET, sin_port=..., sin_addr=inet_addr("192.0.2.1")}, ...) = 0
#! s/"192.0.2.1"/"192.0.2.2"/
#? getpeername gave the address 192.0.2.1 port

## call read
include "server.inc"
+0 < P. 1:4(3) ack 1 win 257 "abc"
+0 > . 1:1(0) ack 4
+0 read(4, "abc", 10) = 3
#! s/read(4, "abc"/read(4, "abd"/
#? read gave the data "abc", not "abd"

## call readv
include "server.inc"
+0 < P. 1:7(6) ack 1 win 257 "abcdef"
+0 > . 1:1(0) ack 7
+0 readv(4, [{"abc", 3}, {"def", 3}], 2) = 6
#! s/{"def", 3}/{"dex", 3}/
#? readv gave the data "def", not "dex"

## call recv
include "server.inc"
+0 < P. 1:4(3) ack 1 win 257 "abc"
+0 > . 1:1(0) ack 4
+0 recv(4, "abc", 10, MSG_PEEK) = 3
+0 recv(4, "abc", 10, 0) = 3
#! s/10, 0) = 3/10, 0) = 4/
#? recv returned 3, not 4

## call recvfrom
include "server.inc"
+0 < P. 1:4(3) ack 1 win 257 "abc"
+0 > . 1:1(0) ack 4
+0 recvfrom(4, "abc", 10, 0, 0, 0) = 3
#! s/"abc", 10/"ab"..., 2/
#? recvfrom returned 2, not 3

## call recvmsg
include "server.inc"
+0 < P. 1:4(3) ack 1 win 257 "abc"
+0 > . 1:1(0) ack 4
+0 recvmsg(4, {msg_name(...)=..., msg_iov(1)=[{"abc", 10}], msg_flags=0}, 0) = 3
#! s/msg_flags=0/msg_flags=MSG_TRUNC/
#? recvmsg gave msg_flags 0, not MSG_TRUNC

## call write
include "server.inc"
+0 write(4, "abc", 3) = 3
+0 > P. 1:4(3) ack 1 "abc"
#! s/3) = 3/3) = 2/
#? write returned 3, not 2

## call writev
include "server.inc"
+0 writev(4, [{"abc", 3}, {..., 2}], 2) = 5
+0 > P. 1:6(5) ack 1
#! s/ = 5/ = 3/
#? writev returned 5, not 3

## call send
include "server.inc"
+0 send(4, ..., 3, MSG_DONTWAIT) = 3
+0 > P. 1:4(3) ack 1
#! s/send(4, ..., 3, MSG_DONTWAIT) = 3/send(4, ..., 3, MSG_DONTWAIT) = -1 EPIPE/
#? send returned 3, not -1 EPIPE

## call sendto
include "server.inc"
+0 sendto(4, ..., 3, 0, ..., ...) = 3
+0 > P. 1:4(3) ack 1
#! s/ = 3/ = -1 EISCONN/
#? sendto returned 3, not -1 EISCONN

## call sendmsg
include "server.inc"
+0 sendmsg(4, {msg_iov(1)=[{"abc", 3}], msg_flags=0}, 0) = 3
+0 > P. 1:4(3) ack 1 "abc"
#! s/sendmsg(\(.*\)) = 3/sendmsg(\1) = 4/
#? sendmsg returned 3, not 4

## call close
include "server.inc"
+0 close(4) = 0
+0 > F. 1:1(0) ack 1
#! s/close(4) = 0/close(4) = -1 EBADF/
#? close returned 0, not -1 EBADF

## call close_range
requires kernel >= 5.9
include "server.inc"
+0 dup2(4, 10) = 10
+0 dup2(4, 11) = 11
+0 close(4) = 0
+0 close_range(10, 11, CLOSE_RANGE_CLOEXEC) = 0
+0 fcntl(11, F_GETFD) = FD_CLOEXEC
+0 close_range(10, 11, 0) = 0
+0 write(10, ..., 1) = -1 EBADF
+0 > F. 1:1(0) ack 1
#! s/close_range(10, 11, 0)/close_range(10, 10, 0)/
#? descriptor 11 of this connection is still open

## call unshare
include "server.inc"
+0 unshare(CLONE_FILES) = 0
+0 close(4) = 0
+0 > F. 1:1(0) ack 1
#! s/unshare(CLONE_FILES)/unshare(0x1)/
#? unshare returned -1 EINVAL

## call select
include "server.inc"
+0 select(5, [{fd=4, isset=0}], [{fd=4, isset=1}, {fd=3, isset=0}], NULL, {tv_sec=0, tv_usec=0}) = 1
+0...0.1 select(5, [{fd=4, isset=1}], NULL, NULL, NULL) = 1
+.1 < F. 1:1(0) ack 1 win 257
*   > . 1:1(0) ack 2
#! s/{fd=3, isset=0}/{fd=3, isset=1}/
#? select gave isset 0, not 1

## call pselect
include "server.inc"
+0 pselect(5, [{fd=4, isset=0}], NULL, NULL, {tv_sec=0, tv_nsec=1000}, NULL) = 0
+0 pselect(5, NULL, [{fd=4, isset=1}], NULL, NULL, NULL) = 1
#! s/pselect(5, NULL/pselect(6, NULL/
#? this is the highest descriptor of the lists plus one, 5

## call shutdown
include "server.inc"
+0 shutdown(4, SHUT_WR) = 0
+0 > F. 1:1(0) ack 1
#! s/SHUT_WR) = 0/SHUT_WR) = -1 ENOTCONN/
#? shutdown returned 0, not -1 ENOTCONN

## call getsockopt
include "server.inc"
+0 getsockopt(4, SOL_SOCKET, SO_TYPE, [1], [4]) = 0
+0 getsockopt(4, SOL_SOCKET, SO_LINGER, {onoff=0}, [8]) = 0
#! s/\[1\]/[2]/
#? getsockopt gave the value 1, not 2

## call setsockopt
include "server.inc"
+0 setsockopt(4, IPPROTO_TCP, TCP_NODELAY, [1], 4) = 0
+0 getsockopt(4, IPPROTO_TCP, TCP_NODELAY, [1], [4]) = 0
#! s/setsockopt(4, IPPROTO_TCP, TCP_NODELAY, \[1\], 4)/setsockopt(4, IPPROTO_TCP, TCP_NODELAY, [0], 4)/
#? getsockopt gave the value 0, not 1

## call fcntl
+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0 fcntl(3, F_SETFL, O_RDWR|O_NONBLOCK) = 0
+0 fcntl(3, F_GETFD) = 0
#! s/F_GETFD) = 0/F_GETFD) = 1/
#? fcntl returned 0, not 1

## call fcntl-F_DUPFD
include "server.inc"
+0 fcntl(4, F_DUPFD, 100) = 5
+0 fcntl(5, F_GETFD) = 0
+0 close(4) = 0
+0 write(5, ..., 3) = 3
+0 > P. 1:4(3) ack 1
+.01 < . 1:1(0) ack 4 win 257
+0 close(5) = 0
+0 > F. 4:4(0) ack 1
#! s/F_DUPFD, 100) = 5/F_DUPFD, 100) = -1 EINVAL/; /(5/d
#? not -1 EINVAL

## call fcntl-F_DUPFD_CLOEXEC
include "server.inc"
+0 fcntl(4, F_DUPFD_CLOEXEC, 0) = 5
+0 fcntl(5, F_GETFD) = FD_CLOEXEC
#! s/F_DUPFD_CLOEXEC, 0/F_DUPFD, 0/
#? fcntl returned 0, not 1

## call ioctl
include "server.inc"
+0 < P. 1:4(3) ack 1 win 257
+0 > . 1:1(0) ack 4
+0 ioctl(4, FIONREAD, [3]) = 0
#! s/\[3\]/[4]/
#? ioctl gave the value 3, not 4

## call poll
include "server.inc"
+0 poll([{fd=4, events=POLLOUT, revents=POLLOUT}, {fd=3, events=POLLIN}], 2, 0) = 1
#! s/revents=POLLOUT/revents=POLLHUP/
#? poll gave revents POLLOUT, not POLLHUP

## call ppoll
include "server.inc"
+0 ppoll([{fd=4, events=POLLIN, revents=0}], 1, {tv_sec=0, tv_nsec=1000}, NULL) = 0
+0 ppoll([{fd=4, events=POLLOUT, revents=POLLOUT}], 1, NULL, NULL) = 1
#! s/revents=0/revents=POLLIN/
#? ppoll gave revents 0, not POLLIN

## call dup
include "server.inc"
+0 dup(4) = 5
+0 close(4) = 0
+0 close(5) = 0
+0 > F. 1:1(0) ack 1
#! s/dup(4) = 5/dup(-1) = 5/
#? dup returned -1 EBADF

## call dup2
include "server.inc"
+0 dup2(4, 4) = 4
+0 dup2(4, 9) = 9
+0 close(4) = 0
+0 close(9) = 0
+0 > F. 1:1(0) ack 1
#! s/dup2(4, 9) = 9/dup2(4, -1) = 9/
#? dup2 returns the number that it was given, -1

## call dup3
include "server.inc"
+0 dup3(4, 3, 0) = 3
+0 dup3(4, 3, O_CLOEXEC) = 3
+0 fcntl(3, F_GETFD) = FD_CLOEXEC
+0 dup3(4, 4, 0) = -1 EINVAL
+0 close(4) = 0
+0 dup3(3, 4, 0) = 4
+0 close(3) = 0
+0 write(4, ..., 3) = 3
+0 > P. 1:4(3) ack 1
+.01 < . 1:1(0) ack 4 win 257
+0 close(4) = 0
+0 > F. 4:4(0) ack 1
#! s/dup3(4, 4, 0) = -1 EINVAL/dup3(4, 4, 0) = 4/
#? dup3 returned -1 EINVAL (Invalid argument), not 4

## call socketpair
+0 socketpair(AF_UNIX, SOCK_STREAM, 0, [3, 4]) = 0
+0 write(3, "abc", 3) = 3
+0 read(4, "abc", 3) = 3
#! s/AF_UNIX/AF_INET/
#? socketpair returned -1 EOPNOTSUPP

## call pipe
+0 pipe([3, 4]) = 0
+0 write(4, "abc", 3) = 3
+0 read(3, "abc", 3) = 3
#! s/read(3, "abc"/read(3, "xyz"/
#? read gave the data "abc", not "xyz"

## call pipe2
+0 pipe2([3, 4], O_NONBLOCK) = 0
+0 read(3, ..., 3) = -1 EAGAIN
#! s/O_NONBLOCK/0x1/
#? pipe2 returned -1 EINVAL

## call eventfd
+0 eventfd(0, EFD_NONBLOCK) = 3
+0 read(3, ..., 8) = -1 EAGAIN
#! s/eventfd(0/eventfd(1/
#? read returned 8, not -1 EAGAIN

## call open
+0 open("/dev/null", O_RDWR) = 3
+0 read(3, ..., 3) = 0
#! s|/dev/null|/dev/nonesuch|
#? open returned -1 ENOENT

## call sendfile
include "server.inc"
+0 open("/dev/zero", O_RDONLY) = 5
+0 sendfile(4, 5, NULL, 10) = 10
+0 > P. 1:11(10) ack 1
#! s/NULL, 10) = 10/NULL, 10) = 9/
#? sendfile returned 10, not 9

## call splice
include "server.inc"
+0 pipe([5, 6]) = 0
+0 write(6, ..., 10) = 10
+0 splice(5, NULL, 4, NULL, 10, 0) = 10
+0 > P. 1:11(10) ack 1
#! s/10, 0) = 10/10, 0) = 11/
#? splice returned 10, not 11

## call epoll_create
+0 epoll_create(1) = 3
+0 close(3) = 0
#! s/epoll_create(1) = 3/epoll_create(1) = -1 EINVAL/; /close/d
#? not -1 EINVAL

## call epoll_create1
+0 epoll_create1(EPOLL_CLOEXEC) = 3
+0 fcntl(3, F_GETFD) = FD_CLOEXEC
#! s/EPOLL_CLOEXEC/0/
#? fcntl returned 0, not 1

## call epoll_ctl
include "server.inc"
+0 epoll_create(1) = 5
+0 epoll_ctl(5, EPOLL_CTL_ADD, 4, {events=EPOLLOUT, fd=4}) = 0
+0 epoll_ctl(5, EPOLL_CTL_ADD, 4, {events=EPOLLOUT, fd=4}) = -1 EEXIST
#! s/) = -1 EEXIST/) = 0/
#? epoll_ctl returned -1 EEXIST (File exists), not 0

## call epoll_wait
include "server.inc"
+0 epoll_create(1) = 5
+0 epoll_ctl(5, EPOLL_CTL_ADD, 4, {events=EPOLLOUT, fd=4}) = 0
+0 epoll_wait(5, {events=EPOLLOUT, fd=4}, 1, 0) = 1
#! s/epoll_wait(5, {events=EPOLLOUT, fd=4}/epoll_wait(5, {events=EPOLLOUT, fd=5}/
#? epoll_wait gave fd 4, not 5

## call epoll_pwait
include "server.inc"
+0 epoll_create(1) = 5
+0 epoll_ctl(5, EPOLL_CTL_ADD, 4, {events=EPOLLOUT, fd=4}) = 0
+0 epoll_pwait(5, {events=EPOLLOUT, fd=4}, 1, 0, NULL) = 1
#! s/1, 0, NULL) = 1/1, 0, NULL) = 0/
#? epoll_pwait returned 1, not 0

## call epoll_pwait2
requires kernel >= 5.11
include "server.inc"
+0 epoll_create(1) = 5
+0 epoll_ctl(5, EPOLL_CTL_ADD, 4, {events=EPOLLOUT, fd=4}) = 0
+0 epoll_pwait2(5, {events=EPOLLOUT, fd=4}, 1, {tv_sec=1, tv_nsec=0}, NULL) = 1
#! s/, NULL) = 1/, NULL) = 0/
#? epoll_pwait2 returned 1, not 0

## call memfd_create
include "server.inc"
+0 memfd_create("page", MFD_CLOEXEC) = 5
+0 write(5, "hello", 5) = 5
+0 sendfile(4, 5, [0], 5) = 5
+0 > P. 1:6(5) ack 1 "hello"
#! s/memfd_create("page", MFD_CLOEXEC)/memfd_create("page", 0xffff)/
#? memfd_create returned -1 EINVAL

## call preadv2
include "server.inc"
+0 preadv2(4, [{..., 3}], 1, -1, -1, RWF_NOWAIT) = -1 EAGAIN
+0 < P. 1:4(3) ack 1 win 257 "abc"
+0 > . 1:1(0) ack 4
+0 preadv2(4, [{"abc", 3}], 1, -1, -1, 0) = 3
#! s/{"abc", 3}/{"abd", 3}/
#? preadv2 gave the data "abc", not "abd"

## call pwritev2
include "server.inc"
+0 pwritev2(4, [{"abc", 3}, {"def", 3}], 2, -1, -1, 0) = 6
+0 > P. 1:7(6) ack 1 "abcdef"
#! s/"abcdef"/"abcdeg"/
#? payload

## call cap_set
+0 cap_set(CAP_EFFECTIVE, CAP_SYS_TIME, CAP_CLEAR) = 0
#! s/CAP_EFFECTIVE, CAP_SYS_TIME, CAP_CLEAR) = 0/CAP_EFFECTIVE, CAP_SYS_TIME, CAP_CLEAR) = -1 EPERM/
#? cap_set returned 0, not -1 EPERM
