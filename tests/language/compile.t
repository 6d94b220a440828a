## calls of every kind
#$ -c
+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0 setsockopt(3, SOL_SOCKET, SO_REUSEADDR, [1], 4) = 0
+0 setsockopt(3, SOL_SOCKET, SO_LINGER, {onoff=1, linger=5}, 8) = 0
+0 setsockopt(3, IPPROTO_TCP, TCP_CONGESTION, "reno", 4) = 0
+0 bind(3, {sa_family=AF_INET, sin_port=htons(8080), sin_addr=inet_addr("192.168.0.2")}, ...) = 0
+0 connect(3, {sa_family=AF_INET6, sin6_port=htons(1), sin6_addr=inet6_addr("::1")}, 28) = 0
+0 listen(3, 1) = 0
+0 accept(3, ..., ...) = 4
+0 accept(3, 0, 0) = 4
+0 read(4, ..., 10) = 10
+0 read(4, "ab"..., 10) = 10
+0 readv(4, [{..., 10}, {"ab", 2}], 2) = 12
+0 write(4, "abc", 2) = 2
+0 writev(4, [{"ab", 2}], 1) = 2
+0 sendmsg(4, {msg_name(...)=..., msg_iov(1)=[{..., 10}], msg_control(1)=[{cmsg_level=SOL_IP, cmsg_type=IP_TOS, cmsg_data=1}], msg_flags=0}, 0) = 10
+0 getsockopt(4, IPPROTO_TCP, TCP_INFO, {tcpi_state=TCP_ESTABLISHED}, ...) = 0
+0 fcntl(4, F_GETFL) = 2
+0 fcntl(4, F_SETFL, O_RDWR|O_NONBLOCK) = 0
+0 ioctl(4, SIOCINQ, [0]) = 0
+0 poll([{fd=4, events=POLLIN, revents=POLLIN}], 1, 0) = 1
+0 epoll_create1(0) = 5
+0 epoll_ctl(5, EPOLL_CTL_ADD, 4, {events=EPOLLIN, fd=4}) = 0
+0 epoll_wait(5, {events=EPOLLIN, fd=4}, 1, 0) = 1
+0 pipe([6, 7]) = 0
+0 dup(4) = 8
+0 open("/dev/null", O_RDONLY) = 9
+0 sendfile(4, 9, [0], 10) = 0
+0 splice(6, 0, 4, 0, 10, 0) = 10
+0 write(-1, ..., 1) = -1 EBADF
+0 close(4) = 0
+0 close(4) = -1 EBADF
#=
31 steps

## calls: wrong arguments
#$ -c
+0 socket(..., "stream", 0) = 3
+0 socket(..., SOCK_STREAM) = 3
+0 listen(3, 1, 2) = 0
+0 bind(3, [1], 4) = 0
+0 accept(3, 5, ...) = 4
+0 read(4, 5, 10) = 10
+0 read(4, ..., "x") = 10
+0 read(4, ..., -1) = 10
+0 write(4, "ab"..., 2) = 2
+0 write(4, "ab", 3) = 3
+0 writev(4, [{"ab"}], 1) = 2
+0 writev(4, [{"ab", 2}], 2) = 2
+0 setsockopt(4, SOL_SOCKET, SO_LINGER, 5, 4) = 0
+0 getsockopt(4, SOL_SOCKET, SO_LINGER, 5, [4]) = 0
+0 getsockopt(4, SOL_SOCKET, SO_LINGER, [5], 4) = 0
+0 fcntl(4) = 0
+0 fcntl(4, F_GETFL, 0, 0) = 0
+0 ioctl(4, SIOCINQ, 4) = 0
+0 poll([4], 1, 0) = 0
+0 poll([{fd=4, events=POLLIN}], "x", 0) = 0
+0 poll([{fd=4, events=POLLIN}], 1, "x") = 0
+0 epoll_ctl(4, EPOLL_CTL_ADD, 4, [4]) = 0
+0 epoll_wait(4, [4], 1, 0) = 1
+0 pipe(6, 7) = 0
+0 open(5, O_RDONLY) = 9
+0 sendfile(4, 4, 5, 10) = 0
+0 sendmsg(4, 5, 0) = 0
+0 recvmsg(4, 5, 0) = 0
+0 sendto(4, ..., 5, 0, ..., "x") = 5
+0 getsockname(4, ..., 3) = 0
+0 connect(4, {fd=3}, ...) = 0
+0 shutdown(4, ...) = 0
+0 setsockopt(4, SOL_SOCKET, SO_LINGER, [1], ...) = 0
+0 setsockopt(4, SOL_SOCKET, SO_SNDBUF, [4294967296], 4) = 0
+0 shutdown(4, -2147483649) = 0
+0 setsockopt(4, SOL_SOCKET, SO_MAX_PACING_RATE, [4294967296], 8) = 0
+0 close("x") = 0
+0 cap_set(5, 1, 1) = 0
+0 cap_set(1, 99, 1) = 0
#=
script.pkt:1:16: error: argument 2 of socket must be a type of socket
    +0 socket(..., "stream", 0) = 3
                   ^~~~~~~~
script.pkt:2:4: error: socket takes 3 arguments, not 2
    +0 socket(..., SOCK_STREAM) = 3
       ^~~~~~
script.pkt:3:4: error: listen takes 2 arguments, not 3
    +0 listen(3, 1, 2) = 0
       ^~~~~~
script.pkt:4:12: error: argument 2 of bind must be ..., AF_UNSPEC, or {sa_family=AF_INET, sin_port=htons(N), sin_addr=inet_addr("A")}
    +0 bind(3, [1], 4) = 0
               ^~~
script.pkt:5:14: error: argument 2 of accept must be ..., NULL, or {sa_family=..., sin_port=htons(N), sin_addr=...}
    +0 accept(3, 5, ...) = 4
                 ^
script.pkt:6:12: error: argument 2 of read must be ..., the string that is expected, or NULL
    +0 read(4, 5, 10) = 10
               ^
script.pkt:7:17: error: argument 3 of read must be a number of bytes
    +0 read(4, ..., "x") = 10
                    ^~~
script.pkt:8:17: error: the size -1 is out of range (0 to 1073741824)
    +0 read(4, ..., -1) = 10
                    ^~
script.pkt:9:13: error: argument 2 of write must be ..., a string, or NULL
    +0 write(4, "ab"..., 2) = 2
                ^~~~~~~
script.pkt:10:19: error: the string has only 2 bytes
    +0 write(4, "ab", 3) = 3
                      ^
script.pkt:11:14: error: argument 2 of writev must be [{..., N}, ...]
    +0 writev(4, [{"ab"}], 1) = 2
                 ^~~~~~~~
script.pkt:12:27: error: the list has 1 element, not 2
    +0 writev(4, [{"ab", 2}], 2) = 2
                              ^
script.pkt:13:41: error: argument 4 of setsockopt must be [N], {name=value, ...} or a string
    +0 setsockopt(4, SOL_SOCKET, SO_LINGER, 5, 4) = 0
                                            ^
  hint: it is a struct linger, whose fields have names: {onoff=N, linger=N}
script.pkt:14:41: error: argument 4 of getsockopt must be [N], {name=value, ...}, a string or ...
    +0 getsockopt(4, SOL_SOCKET, SO_LINGER, 5, [4]) = 0
                                            ^
  hint: it is a struct linger, whose fields have names: {onoff=N, linger=N}
script.pkt:15:46: error: argument 5 of getsockopt must be [N]
    +0 getsockopt(4, SOL_SOCKET, SO_LINGER, [5], 4) = 0
                                                 ^
script.pkt:16:4: error: fcntl takes 2 or 3 arguments, not 1
    +0 fcntl(4) = 0
       ^~~~~
script.pkt:17:4: error: fcntl takes 2 or 3 arguments, not 4
    +0 fcntl(4, F_GETFL, 0, 0) = 0
       ^~~~~
script.pkt:18:22: error: argument 3 of ioctl must be [N] or ...
    +0 ioctl(4, SIOCINQ, 4) = 0
                         ^
script.pkt:19:9: error: argument 1 of poll must be [{fd=N, events=POLLIN, revents=0}, ...]
    +0 poll([4], 1, 0) = 0
            ^~~
script.pkt:20:34: error: argument 2 of poll must be the number of elements in the list
    +0 poll([{fd=4, events=POLLIN}], "x", 0) = 0
                                     ^~~
script.pkt:21:37: error: argument 3 of poll must be milliseconds
    +0 poll([{fd=4, events=POLLIN}], 1, "x") = 0
                                        ^~~
script.pkt:22:35: error: argument 4 of epoll_ctl must be {events=EPOLLIN, fd=N}
    +0 epoll_ctl(4, EPOLL_CTL_ADD, 4, [4]) = 0
                                      ^~~
script.pkt:23:18: error: argument 2 of epoll_wait must be {events=EPOLLIN, fd=N}, a list of them, or ...
    +0 epoll_wait(4, [4], 1, 0) = 1
                     ^~~
script.pkt:24:4: error: pipe takes 1 argument, not 2
    +0 pipe(6, 7) = 0
       ^~~~
script.pkt:24:9: error: argument 1 of pipe must be [N, M]
    +0 pipe(6, 7) = 0
            ^
script.pkt:25:9: error: argument 1 of open must be a string
    +0 open(5, O_RDONLY) = 9
            ^
script.pkt:26:19: error: argument 3 of sendfile must be [N] or NULL
    +0 sendfile(4, 4, 5, 10) = 0
                      ^
script.pkt:27:15: error: argument 2 of sendmsg must be {msg_name(...)=..., msg_iov(N)=[{..., N}], msg_flags=0}
    +0 sendmsg(4, 5, 0) = 0
                  ^
script.pkt:28:15: error: argument 2 of recvmsg must be {msg_name(...)=..., msg_iov(N)=[{..., N}], msg_flags=0}
    +0 recvmsg(4, 5, 0) = 0
                  ^
script.pkt:29:30: error: argument 6 of sendto must be ... or a number of bytes
    +0 sendto(4, ..., 5, 0, ..., "x") = 5
                                 ^~~
script.pkt:30:24: error: argument 3 of getsockname must be ... or NULL
    +0 getsockname(4, ..., 3) = 0
                           ^
script.pkt:31:15: error: argument 2 of connect must be ..., AF_UNSPEC, or {sa_family=AF_INET, sin_port=htons(N), sin_addr=inet_addr("A")}
    +0 connect(4, {fd=3}, ...) = 0
                  ^~~~~~
script.pkt:32:16: error: argument 2 of shutdown must be a number
    +0 shutdown(4, ...) = 0
                   ^~~
script.pkt:33:46: error: argument 5 of setsockopt must be a number of bytes
    +0 setsockopt(4, SOL_SOCKET, SO_LINGER, [1], ...) = 0
                                                 ^~~
script.pkt:34:42: error: the value 4294967296 does not fit in 32 bits
    +0 setsockopt(4, SOL_SOCKET, SO_SNDBUF, [4294967296], 4) = 0
                                             ^~~~~~~~~~
script.pkt:35:16: error: the value -2147483649 does not fit in 32 bits
    +0 shutdown(4, -2147483649) = 0
                   ^~~~~~~~~~~
script.pkt:37:10: error: argument 1 of close must be a descriptor
    +0 close("x") = 0
             ^~~
script.pkt:38:12: error: argument 1 of cap_set must be CAP_EFFECTIVE, CAP_PERMITTED or CAP_INHERITABLE
    +0 cap_set(5, 1, 1) = 0
               ^
script.pkt:39:15: error: argument 2 of cap_set must be a capability
    +0 cap_set(1, 99, 1) = 0
                  ^~

## calls: messages
#$ -c
+0 socket(..., SOCK_STREAM, 0) = 3
+0 sendmsg(3, {msg_iov(1)=5}, 0) = 0
+0 sendmsg(3, {msg_iov(2)=[{..., 1}]}, 0) = 0
+0 sendmsg(3, {msg_iov(1)=[{..., 1}], msg_flags="x"}, 0) = 0
+0 sendmsg(3, {msg_iov(1)=[{..., 1}], msg_control(1)=5}, 0) = 0
+0 sendmsg(3, {msg_iov(1)=[{..., 1}], msg_flag=0}, 0) = 0
+0 sendmsg(3, {msg_iov(-1)=[{..., 1}]}, 0) = 0
+0 sendmsg(3, {msg_iov("x")=[{..., 1}]}, 0) = 0
+0 sendmsg(3, {msg_iov(1)=[{..., 1}], msg_control(1)=[{cmsg_lvel=1}]}, 0) = 0
#=
script.pkt:2:27: error: msg_iov must be [{..., N}, ...]
    +0 sendmsg(3, {msg_iov(1)=5}, 0) = 0
                              ^
script.pkt:3:24: error: the list has 1 element, not 2
    +0 sendmsg(3, {msg_iov(2)=[{..., 1}]}, 0) = 0
                           ^
script.pkt:4:49: error: msg_flags must be a number
    +0 sendmsg(3, {msg_iov(1)=[{..., 1}], msg_flags="x"}, 0) = 0
                                                    ^~~
script.pkt:5:54: error: msg_control must be a list
    +0 sendmsg(3, {msg_iov(1)=[{..., 1}], msg_control(1)=5}, 0) = 0
                                                         ^
script.pkt:6:39: error: no structure has a field 'msg_flag'
    +0 sendmsg(3, {msg_iov(1)=[{..., 1}], msg_flag=0}, 0) = 0
                                          ^~~~~~~~
  hint: did you mean msg_flags?
script.pkt:7:24: error: the number of elements -1 is out of range (0 to 2147483647)
    +0 sendmsg(3, {msg_iov(-1)=[{..., 1}]}, 0) = 0
                           ^~
script.pkt:8:24: error: the number of elements must be a number
    +0 sendmsg(3, {msg_iov("x")=[{..., 1}]}, 0) = 0
                           ^~~
script.pkt:9:56: error: no structure has a field 'cmsg_lvel'
    +0 sendmsg(3, {msg_iov(1)=[{..., 1}], msg_control(1)=[{cmsg_lvel=1}]}, 0) = 0
                                                           ^~~~~~~~~
  hint: did you mean cmsg_level?

## calls: results
#$ -c
+0 socket(..., SOCK_STREAM, 0)
+0 socket(..., SOCK_STREAM, 0) = 1.5
+0 socket(..., SOCK_STREAM, 0) = 1~2
+0 socket(..., SOCK_STREAM, 0) = ...
+0 socket(..., SOCK_STREAM, 0) = 3 EPIPE
+0 socket(..., SOCK_STREAM, 0) = -1 EPIP
+0 socket(..., SOCK_STREAM, 0) = 5, and more
+0 socket(..., SOCK_STREAM, 0) = THREE
+0 socket(..., SOCK_STREAM, 0) = 6
+0 close(6) = -1 AF_INET
#=
script.pkt:1:4: error: the result of socket is missing
    +0 socket(..., SOCK_STREAM, 0)
       ^~~~~~
  hint: write = N behind the call, or = ... when the result does not matter
script.pkt:2:34: error: a call returns one whole number
    +0 socket(..., SOCK_STREAM, 0) = 1.5
                                     ^~~
script.pkt:3:34: error: a call returns one whole number
    +0 socket(..., SOCK_STREAM, 0) = 1~2
                                     ^~~
script.pkt:4:34: error: a new descriptor needs a number
    +0 socket(..., SOCK_STREAM, 0) = ...
                                     ^~~
script.pkt:5:36: error: a call that succeeds has no error EPIPE
    +0 socket(..., SOCK_STREAM, 0) = 3 EPIPE
                                       ^~~~~
script.pkt:6:37: error: unknown constant 'EPIP'
    +0 socket(..., SOCK_STREAM, 0) = -1 EPIP
                                        ^~~~
  hint: did you mean EPIPE?
script.pkt:7:37: error: nothing more can stand behind a call
    +0 socket(..., SOCK_STREAM, 0) = 5, and more
                                        ^~~
script.pkt:8:34: error: unknown constant 'THREE'
    +0 socket(..., SOCK_STREAM, 0) = THREE
                                     ^~~~~
script.pkt:10:18: error: the constant AF_INET has no meaning here
    +0 close(6) = -1 AF_INET
                     ^~~~~~~

## calls: a result that is a string
#$ -c -D TEXT="x"
+0 socket(..., SOCK_STREAM, 0) = TEXT
#=
script.pkt:1:34: error: syntax error at 'TEXT': expected word, number, number with a fraction or ...
    +0 socket(..., SOCK_STREAM, 0) = TEXT
                                     ^~~~

## calls: descriptors by their numbers
#$ -c
+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0 dup3(3, 5, 0) = 5
+0 dup2(3, 5) = 5
+0 dup2(3, -1) = -1 EBADF
+0 close(5) = 0
+0 dup2(3, 5) = 5
+0 fcntl(3, F_DUPFD, 10) = 8
+0 dup2(8, 3) = 4
+0 dup2(8, 1024) = 1024
+0 fcntl(3, F_DUPFD) = 9
+0 fcntl(3, F_DUPFD_CLOEXEC, 0) = 8
+0 close(9) = 0
#=
script.pkt:8:17: error: dup2 returns the number that it was given, 3
    +0 dup2(8, 3) = 4
                    ^
script.pkt:9:12: error: descriptor 1024 is out of range (below 1024)
    +0 dup2(8, 1024) = 1024
               ^~~~
script.pkt:10:4: error: fcntl takes 3 arguments, not 2
    +0 fcntl(3, F_DUPFD) = 9
       ^~~~~
script.pkt:11:35: error: descriptor 8 is already open
    +0 fcntl(3, F_DUPFD_CLOEXEC, 0) = 8
                                      ^

## calls: descriptors
#$ -c
+0 socket(..., SOCK_STREAM, 0) = 3
+0 socket(..., SOCK_STREAM, 0) = 3
+0 listen(5, 1) = 0
+0 listen(5, 1) = 0
+0 listen(1024, 1) = 0
+0 socket(..., SOCK_STREAM, 0) = 1024
+0 dup(3) = 3
+0 pipe([3, 8]) = 0
+0 poll([{fd=9, events=POLLIN}], 1, 0) = 0
+0 state(10) = CLOSED
+0 close(3) = 0
+0 state(3) = CLOSED
#=
script.pkt:2:34: error: descriptor 3 is already open
    +0 socket(..., SOCK_STREAM, 0) = 3
                                     ^
script.pkt:3:11: error: descriptor 5 was never opened
    +0 listen(5, 1) = 0
              ^
script.pkt:5:11: error: descriptor 1024 is out of range (below 1024)
    +0 listen(1024, 1) = 0
              ^~~~
script.pkt:6:34: error: descriptor 1024 is out of range (below 1024)
    +0 socket(..., SOCK_STREAM, 0) = 1024
                                     ^~~~
script.pkt:7:13: error: descriptor 3 is already open
    +0 dup(3) = 3
                ^
script.pkt:8:10: error: descriptor 3 is already open
    +0 pipe([3, 8]) = 0
             ^
script.pkt:9:11: error: descriptor 9 was never opened
    +0 poll([{fd=9, events=POLLIN}], 1, 0) = 0
              ^~~~
script.pkt:10:10: error: descriptor 10 is not open here
    +0 state(10) = CLOSED
             ^~
script.pkt:12:10: error: descriptor 3 is not open here
    +0 state(3) = CLOSED
             ^
  hint: write state = ... to look at the connection itself

## calls: names that are nearly right, or not at all
#$ -c
+0 sockett(..., SOCK_STREAM, 0) = 3
+0 stat(3) = CLOSED
+0 zzzzzzzzzz(1) = 0
+0 close = 0
+0 close
+0 socket(..., SOCK_STRAEM, 0) = 3
+0 socket(..., zzzzzzzzzzzz, 0) = 3
+0 bind(3, htnos(1), 4) = 0
#=
script.pkt:1:4: error: unknown system call 'sockett'
    +0 sockett(..., SOCK_STREAM, 0) = 3
       ^~~~~~~
  hint: did you mean socket?
script.pkt:2:4: error: unknown system call 'stat'
    +0 stat(3) = CLOSED
       ^~~~
  hint: did you mean state?
script.pkt:3:4: error: unknown system call 'zzzzzzzzzz'
    +0 zzzzzzzzzz(1) = 0
       ^~~~~~~~~~
script.pkt:4:4: error: the arguments of close are missing
    +0 close = 0
       ^~~~~
script.pkt:5:4: error: the arguments of close are missing
    +0 close
       ^~~~~
script.pkt:6:16: error: unknown constant 'SOCK_STRAEM'
    +0 socket(..., SOCK_STRAEM, 0) = 3
                   ^~~~~~~~~~~
  hint: did you mean SOCK_STREAM?
script.pkt:7:16: error: unknown constant 'zzzzzzzzzzzz'
    +0 socket(..., zzzzzzzzzzzz, 0) = 3
                   ^~~~~~~~~~~~
script.pkt:8:12: error: unknown function 'htnos'
    +0 bind(3, htnos(1), 4) = 0
               ^~~~~~~~
  hint: htons, htonl, inet_addr and inet6_addr can be used here

## calls: threads and processes
#$ -c
+0 socket(..., SOCK_STREAM, 0) = 3
+0 other: close(3) = 0
+.5...0.2 read(3, ..., 1) = 0
+0 fork() = child
+0 fork() = child
+0 fork()
+0 fork(1) = x
+0 child: fork() = grandchild
+0 run("x") = prog
+0 run(x) = other
+0 run("x") = 3
+0 prog: close(3) = 0
+0 prog: exit(3)
+0 exit(3)
+0 child: exit(256)
+0 child: exit("x")
+0 nobody: exit(3)
+0 kill(child)
+0 kill(child, 9) = 0
+0 kill(child, SIGKIL) = 0
+0 kill(nobody, SIGKILL) = 0
+0 wait(child)
+0 wait(child) = 1~2
+0 wait(child) = 300
+0 wait(child) = SIGKIL
+0 wait(nobody) = 0
+0 wait(3) = 0
+0 kill(child, SIGKILL) = 1
#=
script.pkt:2:4: error: there is no process 'other' here
    +0 other: close(3) = 0
       ^~~~~
  hint: fork() = other makes one; a thread is named at a call that blocks (+0...1)
script.pkt:3:7: error: the call would return before it is made
    +.5...0.2 read(3, ..., 1) = 0
          ^~~
script.pkt:5:13: error: there is already a process 'child'
    +0 fork() = child
                ^~~~~
script.pkt:6:4: error: this is written fork() = NAME
    +0 fork()
       ^~~~
script.pkt:7:4: error: this is written fork() = NAME
    +0 fork(1) = x
       ^~~~
script.pkt:8:11: error: this is written fork() = NAME
    +0 child: fork() = grandchild
              ^~~~
script.pkt:10:4: error: this is written run("command") = NAME
    +0 run(x) = other
       ^~~
script.pkt:11:4: error: this is written run("command") = NAME
    +0 run("x") = 3
       ^~~
script.pkt:12:4: error: 'prog' is a program and makes its own calls
    +0 prog: close(3) = 0
       ^~~~
script.pkt:13:4: error: 'prog' is a program and ends by itself
    +0 prog: exit(3)
       ^~~~
script.pkt:14:4: error: this is written NAME: exit(N)
    +0 exit(3)
       ^~~~
script.pkt:15:16: error: the exit status 256 is out of range (0 to 255)
    +0 child: exit(256)
                   ^~~
script.pkt:16:16: error: the exit status must be a number
    +0 child: exit("x")
                   ^~~
script.pkt:17:4: error: there is no process of this name here
    +0 nobody: exit(3)
       ^~~~~~
script.pkt:18:4: error: this is written kill(NAME, SIGNAL) = 0
    +0 kill(child)
       ^~~~
script.pkt:19:4: error: this is written kill(NAME, SIGNAL) = 0
    +0 kill(child, 9) = 0
       ^~~~
script.pkt:20:16: error: unknown constant 'SIGKIL'
    +0 kill(child, SIGKIL) = 0
                   ^~~~~~
  hint: did you mean SIGKILL?
script.pkt:21:9: error: there is no process of this name here
    +0 kill(nobody, SIGKILL) = 0
            ^~~~~~
script.pkt:22:4: error: this is written wait(NAME) = N
    +0 wait(child)
       ^~~~
script.pkt:23:4: error: this is written wait(NAME) = N
    +0 wait(child) = 1~2
       ^~~~
script.pkt:24:18: error: the exit status 300 is out of range (0 to 255)
    +0 wait(child) = 300
                     ^~~
script.pkt:25:18: error: unknown constant 'SIGKIL'
    +0 wait(child) = SIGKIL
                     ^~~~~~
  hint: did you mean SIGKILL?
script.pkt:26:9: error: there is no process of this name here
    +0 wait(nobody) = 0
            ^~~~~~
script.pkt:27:9: error: there is no process of this name here
    +0 wait(3) = 0
            ^
script.pkt:28:4: error: this is written kill(NAME, SIGNAL) = 0
    +0 kill(child, SIGKILL) = 1
       ^~~~

## calls: too many processes
#$ -c
+0 fork() = a
+0 fork() = b
+0 fork() = c
+0 fork() = d
+0 fork() = e
+0 fork() = f
+0 fork() = g
+0 fork() = h
+0 fork() = i
+0 fork() = j
+0 fork() = k
+0 fork() = l
+0 fork() = m
+0 fork() = n
+0 fork() = o
+0 fork() = p
+0 fork() = q
#=
script.pkt:16:13: error: there are more than 15 processes
    +0 fork() = p
                ^
script.pkt:17:13: error: there are more than 15 processes
    +0 fork() = q
                ^

## values that cannot be
#$ -c
+0 socket(..., 1.5, 0) = 3
+0 listen(3, 1 > 2) = 0
+0 bind(3, 192.0.2.1, ...) = 0
+0 listen(3, 1|"x") = 0
+0 bind(3, {sa_family=AF_UNIX, sin_port=htons(1), sin_addr=inet_addr("1.2.3.4")}, ...) = 0
+0 bind(3, {sa_family=AF_INET, sin_port=1, sin_addr=inet_addr("1.2.3.4")}, ...) = 0
+0 bind(3, {sa_family=AF_INET, sin_port=htons("x"), sin_addr=inet_addr("1.2.3.4")}, ...) = 0
+0 bind(3, {sa_family=AF_INET, sin_port=htons(1), sin_addr="1.2.3.4"}, ...) = 0
+0 bind(3, {sa_family=AF_INET, sin_port=htons(1), sin_addr=inet_addr("1.2.3.400")}, ...) = 0
+0 bind(3, {sa_family=AF_INET, sin_port=htons(1), sin_addr=inet6_addr("1::2::3")}, ...) = 0
+0 bind(3, {sa_family=AF_INET, sin_port=htons(1), sin_addr=inet_addr("::1")}, ...) = 0
+0 bind(3, {sa_family=AF_INET, sin_port=htons(1, 2), sin_addr=inet_addr("1.2.3.4")}, ...) = 0
+0 bind(3, {sa_family=AF_INET, sin_prt=htons(1)}, ...) = 0
+0 setsockopt(3, SOL_SOCKET, SO_LINGER, {onoff=1, lingr=5}, 8) = 0
+0 setsockopt(3, SOL_SOCKET, SO_LINGER, {onoff=1, 5}, 8) = 0
+0 setsockopt(3, SOL_SOCKET, SO_LINGER, {onoff="x", linger=5}, 8) = 0
+0 setsockopt(3, SOL_SOCKET, SO_LINGER, {onof=1, linger=5}, 8) = 0
#=
script.pkt:1:16: error: a whole number must stand here
    +0 socket(..., 1.5, 0) = 3
                   ^~~
script.pkt:2:14: error: a single number must stand here
    +0 listen(3, 1 > 2) = 0
                 ^~~~~
script.pkt:3:12: error: an address is written inet_addr("192.0.2.1")
    +0 bind(3, 192.0.2.1, ...) = 0
               ^~~~~~~~~
script.pkt:4:16: error: only numbers can be joined with '|'
    +0 listen(3, 1|"x") = 0
                   ^~~
script.pkt:5:23: error: the family must be AF_INET or AF_INET6
    +0 bind(3, {sa_family=AF_UNIX, sin_port=htons(1), sin_addr=inet_addr("1.2.3.4")}, ...) = 0
                          ^~~~~~~
script.pkt:6:41: error: a port is written htons(8080)
    +0 bind(3, {sa_family=AF_INET, sin_port=1, sin_addr=inet_addr("1.2.3.4")}, ...) = 0
                                            ^
script.pkt:7:47: error: htons wants a number
    +0 bind(3, {sa_family=AF_INET, sin_port=htons("x"), sin_addr=inet_addr("1.2.3.4")}, ...) = 0
                                                  ^~~
script.pkt:8:60: error: an address is written inet_addr("192.0.2.1")
    +0 bind(3, {sa_family=AF_INET, sin_port=htons(1), sin_addr="1.2.3.4"}, ...) = 0
                                                               ^~~~~~~~~
script.pkt:9:70: error: inet_addr wants an IPv4 address in quotes
    +0 bind(3, {sa_family=AF_INET, sin_port=htons(1), sin_addr=inet_addr("1.2.3.400")}, ...) = 0
                                                                         ^~~~~~~~~~~
script.pkt:10:71: error: inet6_addr wants an IPv6 address in quotes
    +0 bind(3, {sa_family=AF_INET, sin_port=htons(1), sin_addr=inet6_addr("1::2::3")}, ...) = 0
                                                                          ^~~~~~~~~
script.pkt:11:60: error: the address is not of that family
    +0 bind(3, {sa_family=AF_INET, sin_port=htons(1), sin_addr=inet_addr("::1")}, ...) = 0
                                                               ^~~~~~~~~~~~~~~~
script.pkt:12:41: error: htons takes one argument
    +0 bind(3, {sa_family=AF_INET, sin_port=htons(1, 2), sin_addr=inet_addr("1.2.3.4")}, ...) = 0
                                            ^~~~~~~~~~~
script.pkt:13:32: error: a socket address has sa_family, sin_port and sin_addr
    +0 bind(3, {sa_family=AF_INET, sin_prt=htons(1)}, ...) = 0
                                   ^~~~~~~~~~~~~~~~
script.pkt:14:51: error: struct linger has no field 'lingr'
    +0 setsockopt(3, SOL_SOCKET, SO_LINGER, {onoff=1, lingr=5}, 8) = 0
                                                      ^~~~~
  hint: did you mean linger?
script.pkt:15:51: error: a field of struct linger is written NAME=N
    +0 setsockopt(3, SOL_SOCKET, SO_LINGER, {onoff=1, 5}, 8) = 0
                                                      ^
script.pkt:16:48: error: onoff must be a number
    +0 setsockopt(3, SOL_SOCKET, SO_LINGER, {onoff="x", linger=5}, 8) = 0
                                                   ^~~
script.pkt:17:42: error: no structure has a field 'onof'
    +0 setsockopt(3, SOL_SOCKET, SO_LINGER, {onof=1, linger=5}, 8) = 0
                                             ^~~~

## observations that cannot be
#$ -c
+0 socket(..., SOCK_STREAM, 0) = 3
+0 state(3)
+0 state(3, 4) = CLOSED
+0 state(3) = TIME_WIAT
+0 state(3) = 5
+0 state(3) = zzzzzzzzzzz
+0 state("x") = CLOSED
+0 state(1 > 65536) = CLOSED
+0 state(3) = CLOSED, timr none
+0 state(3) = CLOSED, timer
+0 state(3) = CLOSED, timer 5
+0 state(3) = CLOSED, timer tiemwait 60
+0 state(3) = CLOSED, timer timewait 60~50
+0 state(3) = CLOSED, timer timewait -1.5
+0 state(3) = CLOSED, retransmits 1.5
+0 state(3) = CLOSED, retransmits -1
+0 state(3) = CLOSED, rqueue
+0...1 state(3) = CLOSED
+0 a: state(3) = CLOSED
+0 counter(X) = 1, and
+0 counter = 1
+0 counter(X, Y) = 1
+0 counter(X)
+0 counter(X) = zzzzzzzzzz
+0 signal(SIGPIP) = 1
+0 signal(3) = 1
+0 signal(SIGIO, POLLIN) = 1
+0 signal(SIGIO, 1) = 1
+0 signal(SIGIO, POLL_IN, 0) = 1
+0 signal(SIGIO, POLL_IN, POLLIN, 1) = 1
+0 silence = 1
+0 silence(3)
+0...1 silence
+0 link
+0 link = sideways
+0 link(1) = up
#=
script.pkt:2:4: error: the state is missing
    +0 state(3)
       ^~~~~
  hint: write state = TIME_WAIT, or state(4) = CLOSE_WAIT
script.pkt:3:13: error: state takes one descriptor or one pair of ports
    +0 state(3, 4) = CLOSED
                ^
script.pkt:4:15: error: this is not a TCP state
    +0 state(3) = TIME_WIAT
                  ^~~~~~~~~
  hint: did you mean TIME_WAIT?
script.pkt:5:15: error: this is not a TCP state
    +0 state(3) = 5
                  ^
script.pkt:6:15: error: this is not a TCP state
    +0 state(3) = zzzzzzzzzzz
                  ^~~~~~~~~~~
script.pkt:7:10: error: the descriptor must be a number
    +0 state("x") = CLOSED
             ^~~
script.pkt:8:14: error: the remote port 65536 is out of range (0 to 65535)
    +0 state(1 > 65536) = CLOSED
                 ^~~~~
script.pkt:9:23: error: 'timr' cannot stand behind a state
    +0 state(3) = CLOSED, timr none
                          ^~~~
  hint: what can stand there: timer NAME [SECONDS], retransmits N, rqueue N, wqueue N
script.pkt:10:23: error: 'timer' cannot stand behind a state
    +0 state(3) = CLOSED, timer
                          ^~~~~
  hint: what can stand there: timer NAME [SECONDS], retransmits N, rqueue N, wqueue N
script.pkt:11:23: error: 'timer' cannot stand behind a state
    +0 state(3) = CLOSED, timer 5
                          ^~~~~~~
  hint: what can stand there: timer NAME [SECONDS], retransmits N, rqueue N, wqueue N
script.pkt:12:29: error: unknown timer 'tiemwait'
    +0 state(3) = CLOSED, timer tiemwait 60
                                ^~~~~~~~
  hint: there are none, retransmit, keepalive, timewait and probe
script.pkt:13:38: error: the range ends before it begins
    +0 state(3) = CLOSED, timer timewait 60~50
                                         ^~~~~
script.pkt:14:38: error: a time cannot be negative
    +0 state(3) = CLOSED, timer timewait -1.5
                                         ^~~~
script.pkt:15:35: error: a whole number must stand here
    +0 state(3) = CLOSED, retransmits 1.5
                                      ^~~
script.pkt:16:35: error: the number -1 is out of range (0 to 4611686018427)
    +0 state(3) = CLOSED, retransmits -1
                                      ^~
script.pkt:17:23: error: 'rqueue' cannot stand behind a state
    +0 state(3) = CLOSED, rqueue
                          ^~~~~~
  hint: what can stand there: timer NAME [SECONDS], retransmits N, rqueue N, wqueue N
script.pkt:18:8: error: state is not a system call
    +0...1 state(3) = CLOSED
           ^~~~~
script.pkt:19:7: error: state is not a system call
    +0 a: state(3) = CLOSED
          ^~~~~
script.pkt:20:20: error: nothing more can stand here
    +0 counter(X) = 1, and
                       ^~~
script.pkt:21:4: error: this is written counter(NAME) = N
    +0 counter = 1
       ^~~~~~~
script.pkt:22:4: error: this is written counter(NAME) = N
    +0 counter(X, Y) = 1
       ^~~~~~~
script.pkt:23:4: error: this is written counter(NAME) = N
    +0 counter(X)
       ^~~~~~~
script.pkt:24:17: error: unknown constant 'zzzzzzzzzz'
    +0 counter(X) = zzzzzzzzzz
                    ^~~~~~~~~~
script.pkt:25:11: error: unknown constant 'SIGPIP'
    +0 signal(SIGPIP) = 1
              ^~~~~~
  hint: did you mean SIGPIPE?
script.pkt:26:4: error: this is written signal(NAME) = N, or signal(NAME, POLL_HUP) = N
    +0 signal(3) = 1
       ^~~~~~
script.pkt:27:18: error: this is not why a descriptor has a signal
    +0 signal(SIGIO, POLLIN) = 1
                     ^~~~~~
  hint: there are POLL_IN, POLL_OUT, POLL_MSG, POLL_ERR, POLL_PRI and POLL_HUP, as in sigaction(2)
script.pkt:28:18: error: this is not why a descriptor has a signal
    +0 signal(SIGIO, 1) = 1
                     ^
  hint: there are POLL_IN, POLL_OUT, POLL_MSG, POLL_ERR, POLL_PRI and POLL_HUP, as in sigaction(2)
script.pkt:29:27: error: the mask of events 0 is out of range (1 to 32767)
    +0 signal(SIGIO, POLL_IN, 0) = 1
                              ^
script.pkt:30:4: error: this is written signal(NAME) = N, or signal(NAME, POLL_HUP) = N
    +0 signal(SIGIO, POLL_IN, POLLIN, 1) = 1
       ^~~~~~
script.pkt:31:4: error: nothing can stand behind silence
    +0 silence = 1
       ^~~~~~~
  hint: +.5 silence means: nothing is sent until half a second after the event before
script.pkt:32:4: error: nothing can stand behind silence
    +0 silence(3)
       ^~~~~~~
  hint: +.5 silence means: nothing is sent until half a second after the event before
script.pkt:33:8: error: silence is not a system call
    +0...1 silence
           ^~~~~~~
script.pkt:34:4: error: this is written link = up, or link = down
    +0 link
       ^~~~
script.pkt:35:4: error: this is written link = up, or link = down
    +0 link = sideways
       ^~~~
script.pkt:36:4: error: this is written link(loses) = N, or link(delays) = SECONDS
    +0 link(1) = up
       ^~~~

## times that cannot be
#$ -c
* close(-1) = -1
+1~+2 close(-1) = -1
1~2 < . 1:1(0) win 1
+2~+1 > . 1:1(0)
3 close(-1) = -1
+1 close(-1) = -1
3.5 close(-1) = -1
3~3.5 > . 1:1(0)
#=
script.pkt:1:1: error: the time * is for packets that the kernel sends
    * close(-1) = -1
    ^
script.pkt:2:1: error: a range of time is for packets that the kernel sends
    +1~+2 close(-1) = -1
    ^~~~~
script.pkt:3:1: error: a range of time is for packets that the kernel sends
    1~2 < . 1:1(0) win 1
    ^~~
script.pkt:4:1: error: the range of time ends before it begins
    +2~+1 > . 1:1(0)
    ^~~~~
script.pkt:7:1: error: time goes backwards: this is at 3.5 s, and the event before it is not over before 4 s
    3.5 close(-1) = -1
    ^~~
script.pkt:8:1: error: time goes backwards: this is at 3.5 s, and the event before it is not over before 4 s
    3~3.5 > . 1:1(0)
    ^~~~~

## segments: flags
#$ -c
+0 < X 1:1(0) win 1
+0 < FF 1:1(0) win 1
+0 < ..5 1:1(0) win 1
+0 < E.5 1:1(0) win 1
+0 < .8 1:1(0) win 1
+0 < .55 1:1(0) win 1
+0 < F- 1:1(0) win 1
+0 < P5. 1:1(0) win 1
+0 < F.5 1:1(0) win 1
#=
script.pkt:1:6: error: 'X' is not a TCP flag
    +0 < X 1:1(0) win 1
         ^
  hint: the flags are F S R P . U E W A, and - for none
script.pkt:2:6: error: the flag 'F' is written twice
    +0 < FF 1:1(0) win 1
         ^~
script.pkt:3:7: error: syntax error at '.5': expected number, ... or '*'
    +0 < ..5 1:1(0) win 1
          ^~
script.pkt:4:6: error: a segment can have an ACE count or ECN flags, not both
    +0 < E.5 1:1(0) win 1
         ^~~
script.pkt:5:6: error: '8' is not a TCP flag
    +0 < .8 1:1(0) win 1
         ^~
  hint: the flags are F S R P . U E W A, and - for none
script.pkt:6:6: error: '5' is not a TCP flag
    +0 < .55 1:1(0) win 1
         ^~~
  hint: the flags are F S R P . U E W A, and - for none
script.pkt:7:7: error: syntax error at '-': expected number, ... or '*'
    +0 < F- 1:1(0) win 1
          ^

## segments: numbers
#$ -c
+0 < P. 1:100(100) ack 1 win 1
+0 < . 1:70001(70000) ack 1 win 1
+0 < . -1:-1(0) ack 1 win 1
+0 < . 4294967296:4294967296(0) ack 1 win 1
+0 < . *(0) ack * win 1
+0 < . 1:1(*) ack 1 win 1
+0 < . 1:1(...) ack 1 win 1
+0 < . 1:1(0) ack 1 win *
+0 > . 1:4(...) ack 1 "abc"
+0 < . 1:1(0) ack -1 win 1
+0 < . 1:1(0) ack 1 win 65536
+0 < . 1:1(0) ack 1 win 1 urg 65536
+0 < . 1:1(0) ack 1 ack 2 win 1
+0 < . 1:1(0) ack 1 wim 5
+0 < . 1:1(0) ack 1 zzzzzz 5
+0 < . 1:1(0) ack 1
+0 < . 1:65496(65495) ack 1 win 1
+0 < . 1:65485(65484) ack 1 win 1 <nop,nop,TS val 1 ecr 1>
+0 < 65536 > 1 . 1:1(0) win 1
+0 < 1 > 65536 . 1:1(0) win 1
+0 < P. 1:6(5) ack 1 win 1 "four"
+0 > P. 1:6(*) ack 1 "four"
+0 < . 1:1(0) ack 1 win 1 /udp(9899 > 9899)
+0 maybe < . 1:1(0) ack 1 win 1
+0 perhaps > . 1:1(0) ack 1
+0 > . 1:1(0) or < . 1:1(0) win 1
+0 < . 1:1(0) win 1 or > . 1:1(0)
#=
script.pkt:1:9: error: a segment from 1 with 100 bytes ends at 101, not at 100
    +0 < P. 1:100(100) ack 1 win 1
            ^~~~~~~~~~
  hint: SYN and FIN are not counted here
script.pkt:2:16: error: the payload length 70000 is out of range (0 to 65535)
    +0 < . 1:70001(70000) ack 1 win 1
                   ^~~~~
script.pkt:3:8: error: the sequence number -1 is out of range (0 to 4294967295)
    +0 < . -1:-1(0) ack 1 win 1
           ^~
script.pkt:4:8: error: the sequence number 4294967296 is out of range (0 to 4294967295)
    +0 < . 4294967296:4294967296(0) ack 1 win 1
           ^~~~~~~~~~
script.pkt:6:12: error: only a segment that the kernel sends can have an open length
    +0 < . 1:1(*) ack 1 win 1
               ^
script.pkt:7:12: error: only a segment that the kernel sends can have an open length
    +0 < . 1:1(...) ack 1 win 1
               ^~~
script.pkt:8:25: error: '*' can only stand in segments that the kernel sends
    +0 < . 1:1(0) ack 1 win *
                            ^
script.pkt:9:12: error: with a payload the length cannot be open
    +0 > . 1:4(...) ack 1 "abc"
               ^~~
script.pkt:10:19: error: ack -1 is out of range (0 to 4294967295)
    +0 < . 1:1(0) ack -1 win 1
                      ^~
script.pkt:11:25: error: win 65536 is out of range (0 to 65535)
    +0 < . 1:1(0) ack 1 win 65536
                            ^~~~~
script.pkt:12:31: error: urg 65536 is out of range (0 to 65535)
    +0 < . 1:1(0) ack 1 win 1 urg 65536
                                  ^~~~~
script.pkt:13:21: error: ack is written twice
    +0 < . 1:1(0) ack 1 ack 2 win 1
                        ^~~~~
script.pkt:14:21: error: unknown field 'wim' of the TCP header
    +0 < . 1:1(0) ack 1 wim 5
                        ^~~
  hint: did you mean win?
script.pkt:15:21: error: unknown field 'zzzzzz' of the TCP header
    +0 < . 1:1(0) ack 1 zzzzzz 5
                        ^~~~~~
  hint: there are ack, win and urg
script.pkt:16:6: error: an injected segment needs a window
    +0 < . 1:1(0) ack 1
         ^~~~~~~~
  hint: write win N behind the sequence numbers
script.pkt:18:16: error: with its headers of 52 bytes it is longer than IP allows
    +0 < . 1:65485(65484) ack 1 win 1 <nop,nop,TS val 1 ecr 1>
                   ^~~~~
script.pkt:19:6: error: the source port 65536 is out of range (0 to 65535)
    +0 < 65536 > 1 . 1:1(0) win 1
         ^~~~~
script.pkt:20:10: error: the destination port 65536 is out of range (0 to 65535)
    +0 < 1 > 65536 . 1:1(0) win 1
             ^~~~~
script.pkt:21:28: error: this payload has 4 bytes, but the segment has 5
    +0 < P. 1:6(5) ack 1 win 1 "four"
                               ^~~~~~
script.pkt:22:13: error: with a payload the length cannot be open
    +0 > P. 1:6(*) ack 1 "four"
                ^
script.pkt:23:27: error: Linux has no TCP over UDP
    +0 < . 1:1(0) ack 1 win 1 /udp(9899 > 9899)
                              ^~~~~~~~~~~~~~~~~
script.pkt:24:4: error: maybe is for packets that the kernel sends
    +0 maybe < . 1:1(0) ack 1 win 1
       ^~~~~
script.pkt:25:4: error: unknown word 'perhaps' before a packet
    +0 perhaps > . 1:1(0) ack 1
       ^~~~~~~
  hint: maybe > ... is a packet that may come or not
script.pkt:26:20: error: or is for packets that the kernel sends
    +0 > . 1:1(0) or < . 1:1(0) win 1
                       ^
script.pkt:27:26: error: or is for packets that the kernel sends
    +0 < . 1:1(0) win 1 or > . 1:1(0)
                             ^

## segments: the IP header
#$ -c
+0 < (tos) . 1:1(0) win 1
+0 < (ce 3) . 1:1(0) win 1
+0 < (tos 256) . 1:1(0) win 1
+0 < (dscp 64) . 1:1(0) win 1
+0 < (ttl -1) . 1:1(0) win 1
+0 < (flowlabel 1048576) . 1:1(0) win 1
+0 < (id 65536) . 1:1(0) win 1
+0 < (ect01) . 1:1(0) win 1
+0 < (ce, ect0) . 1:1(0) win 1
+0 < (ttl 1, hlim 1) . 1:1(0) win 1
+0 < (ttk 1) . 1:1(0) win 1
+0 < (zzzzzzz 1) . 1:1(0) win 1
+0 < (dscp af99) . 1:1(0) win 1
+0 > (ttl *) . 1:1(0)
#=
script.pkt:1:7: error: tos takes a number
    +0 < (tos) . 1:1(0) win 1
          ^~~
script.pkt:2:7: error: ce takes no number
    +0 < (ce 3) . 1:1(0) win 1
          ^~~~
script.pkt:3:11: error: tos 256 is out of range (0 to 255)
    +0 < (tos 256) . 1:1(0) win 1
              ^~~
script.pkt:4:12: error: dscp 64 is out of range (0 to 63)
    +0 < (dscp 64) . 1:1(0) win 1
               ^~
script.pkt:5:11: error: ttl -1 is out of range (0 to 255)
    +0 < (ttl -1) . 1:1(0) win 1
              ^~
script.pkt:6:7: error: IPv4 has no flow label (RFC 791), and this test is ipv4
    +0 < (flowlabel 1048576) . 1:1(0) win 1
          ^~~~~~~~~~~~~~~~~
  hint: --ip_version=ipv6 above the first event plays the script in IPv6 only
script.pkt:7:10: error: id 65536 is out of range (0 to 65535)
    +0 < (id 65536) . 1:1(0) win 1
             ^~~~~
script.pkt:8:7: error: ect01 is for packets that the kernel sends
    +0 < (ect01) . 1:1(0) win 1
          ^~~~~
script.pkt:9:11: error: there is already another word or number for ect0
    +0 < (ce, ect0) . 1:1(0) win 1
              ^~~~
script.pkt:10:14: error: there is already another word or number for hlim
    +0 < (ttl 1, hlim 1) . 1:1(0) win 1
                 ^~~~~~
script.pkt:11:7: error: unknown field 'ttk' of the IP header
    +0 < (ttk 1) . 1:1(0) win 1
          ^~~
  hint: did you mean ttl?
script.pkt:12:7: error: unknown field 'zzzzzzz' of the IP header
    +0 < (zzzzzzz 1) . 1:1(0) win 1
          ^~~~~~~
script.pkt:13:7: error: unknown field 'dscp af99' of the IP header
    +0 < (dscp af99) . 1:1(0) win 1
          ^~~~~~~~~
  hint: did you mean dscp af11?
script.pkt:14:11: error: '*' cannot stand here
    +0 > (ttl *) . 1:1(0)
              ^

## segments: options
#$ -c
+0 < . 1:1(0) win 1 <mss>
+0 < . 1:1(0) win 1 <mss x>
+0 < . 1:1(0) win 1 <mss 65536>
+0 < . 1:1(0) win 1 <mss 1 2>
+0 < . 1:1(0) win 1 <mss *>
+0 < . 1:1(0) win 1 <mss 1!>
+0 < . 1:1(0) win 1 <wscale 256,nop>
+0 < . 1:1(0) win 1 <nop 5>
+0 < . 1:1(0) win 1 <sackOK 5>
+0 < . 1:1(0) win 1 <sack>
+0 < . 1:1(0) win 1 <sack 5>
+0 < . 1:1(0) win 1 <sack 5:4294967296>
+0 < . 1:1(0) win 1 <sack 1:2 3:4 5:6 7:8 9:10>
+0 < . 1:1(0) win 1 <TS 1>
+0 < . 1:1(0) win 1 <TS>
+0 < . 1:1(0) win 1 <TS val>
+0 < . 1:1(0) win 1 <TS val 1>
+0 < . 1:1(0) win 1 <TS val 1 ecr 4294967296>
+0 < . 1:1(0) win 1 <FO 123>
+0 < . 1:1(0) win 1 <FO 12xx>
+0 < . 1:1(0) win 1 <FO 1:2>
+0 < . 1:1(0) win 1 <md5 0011223344556677889900112233445566>
+0 < . 1:1(0) win 1 <opt>
+0 < . 1:1(0) win 1 <opt x>
+0 < . 1:1(0) win 1 <opt 1>
+0 < . 1:1(0) win 1 <raw>
+0 < . 1:1(0) win 1 <sackok>
+0 < . 1:1(0) win 1 <zzzzzz>
+0 < . 1:1(0) win 1 <...>
+0 > . 1:1(0) <mss *,...>
+0 < . 1:1(0) win 1 <nop>
+0 < . 1:1(0) win 1 <nop,nop>
+0 < . 1:1(0) win 1 <nop,nop,nop>
+0 < . 1:1(0) win 1 <TS val 1 ecr 1,TS val 1 ecr 1,TS val 1 ecr 1,TS val 1 ecr 1,TS val 1 ecr 1>
+0 < . 1:1(0) win 1 <opt 254 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16>
+0 < . 1:1(0) win 1 <FO 0011223344556677889900112233445566778899001122334455667788990011223344556677889900>
#=
script.pkt:1:22: error: mss needs a number
    +0 < . 1:1(0) win 1 <mss>
                         ^~~
script.pkt:2:26: error: mss needs a number here
    +0 < . 1:1(0) win 1 <mss x>
                             ^
script.pkt:3:26: error: mss is 65536, not in 0..65535
    +0 < . 1:1(0) win 1 <mss 65536>
                             ^~~~~
script.pkt:4:28: error: mss takes no more here
    +0 < . 1:1(0) win 1 <mss 1 2>
                               ^
script.pkt:5:26: error: '*' can only stand in segments that the kernel sends
    +0 < . 1:1(0) win 1 <mss *>
                             ^
script.pkt:6:26: error: '!' can only stand behind sequence numbers and the TS echo
    +0 < . 1:1(0) win 1 <mss 1!>
                             ^~
script.pkt:7:29: error: wscale is 256, not in 0..255
    +0 < . 1:1(0) win 1 <wscale 256,nop>
                                ^~~
script.pkt:8:26: error: nop takes no value
    +0 < . 1:1(0) win 1 <nop 5>
                             ^
script.pkt:9:29: error: sackOK takes no value
    +0 < . 1:1(0) win 1 <sackOK 5>
                                ^
script.pkt:10:22: error: sack needs a block like 1001:2001
    +0 < . 1:1(0) win 1 <sack>
                         ^~~~
script.pkt:11:27: error: sack needs blocks like 1001:2001
    +0 < . 1:1(0) win 1 <sack 5>
                              ^
script.pkt:12:27: error: sack right edge is 4294967296, not in 0..4294967295
    +0 < . 1:1(0) win 1 <sack 5:4294967296>
                              ^~~~~~~~~~~~
script.pkt:13:43: error: sack takes no more here
    +0 < . 1:1(0) win 1 <sack 1:2 3:4 5:6 7:8 9:10>
                                              ^~~~
script.pkt:14:25: error: TS needs val here
    +0 < . 1:1(0) win 1 <TS 1>
                            ^
script.pkt:15:22: error: TS needs val
    +0 < . 1:1(0) win 1 <TS>
                         ^~
script.pkt:16:25: error: val needs a number
    +0 < . 1:1(0) win 1 <TS val>
                            ^~~
script.pkt:17:22: error: TS needs ecr
    +0 < . 1:1(0) win 1 <TS val 1>
                         ^~~~~~~~
script.pkt:18:35: error: TS ecr is 4294967296, not in 0..4294967295
    +0 < . 1:1(0) win 1 <TS val 1 ecr 4294967296>
                                      ^~~~~~~~~~
script.pkt:19:25: error: FO needs an even number of hexadecimal digits
    +0 < . 1:1(0) win 1 <FO 123>
                            ^~~
script.pkt:20:25: error: FO: 'x' is no hexadecimal digit
    +0 < . 1:1(0) win 1 <FO 12xx>
                            ^~~~
script.pkt:21:25: error: FO needs hexadecimal digits here
    +0 < . 1:1(0) win 1 <FO 1:2>
                            ^~~
script.pkt:22:26: error: md5 has 17 bytes, more than 16
    +0 < . 1:1(0) win 1 <md5 0011223344556677889900112233445566>
                             ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
script.pkt:23:22: error: opt needs the option's kind
    +0 < . 1:1(0) win 1 <opt>
                         ^~~
script.pkt:24:26: error: opt needs the option's kind
    +0 < . 1:1(0) win 1 <opt x>
                             ^
script.pkt:25:26: error: opt kind is 1, not in 2..255
    +0 < . 1:1(0) win 1 <opt 1>
                             ^
script.pkt:26:22: error: raw needs hexadecimal digits
    +0 < . 1:1(0) win 1 <raw>
                         ^~~
script.pkt:27:22: error: there is no TCP option 'sackok'
    +0 < . 1:1(0) win 1 <sackok>
                         ^~~~~~
  hint: did you mean sackOK?
script.pkt:28:22: error: there is no TCP option 'zzzzzz'
    +0 < . 1:1(0) win 1 <zzzzzz>
                         ^~~~~~
script.pkt:29:22: error: <...> can only stand in segments that the kernel sends
    +0 < . 1:1(0) win 1 <...>
                         ^~~
script.pkt:30:22: error: ... stands for all options, so nothing else can stand beside it
    +0 > . 1:1(0) <mss *,...>
                         ^~~
script.pkt:31:21: error: these options are 1 byte long, which is not a multiple of four
    +0 < . 1:1(0) win 1 <nop>
                        ^~~~~
  hint: add 3 nops
script.pkt:32:21: error: these options are 2 bytes long, which is not a multiple of four
    +0 < . 1:1(0) win 1 <nop,nop>
                        ^~~~~~~~~
  hint: add 2 nops
script.pkt:33:21: error: these options are 3 bytes long, which is not a multiple of four
    +0 < . 1:1(0) win 1 <nop,nop,nop>
                        ^~~~~~~~~~~~~
  hint: add a nop
script.pkt:34:82: error: TS takes 10 of the 40 bytes for options, and 0 are left
    +0 < . 1:1(0) win 1 <TS val 1 ecr 1,TS val 1 ecr 1,TS val 1 ecr 1,TS val 1 ecr 1,TS val 1 ecr 1>
                                                                                     ^~~~~~~~~~~~~~
script.pkt:35:66: error: a TCP option has too many words
    +0 < . 1:1(0) win 1 <opt 254 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16>
                                                                     ^~
script.pkt:36:25: error: FO has 41 bytes, more than 38
    +0 < . 1:1(0) win 1 <FO 0011223344556677889900112233445566778899001122334455667788990011223344556677889900>
                            ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~

## ICMP and UDP
#$ -c
+0 < icmp unreachabel
+0 < icmp zzzzzzzzzzz
+0 < icmp unreachable host_unreachabel
+0 < icmp unreachable zzzzzzzzzz
+0 < icmp unreachable frag_needed mut 5
+0 < icmp unreachable frag_needed id 5
+0 < icmp unreachable frag_needed mtu 65536
+0 < icmp unreachable host_unreachable mtu 5
+0 < icmp unreachable [*(5)]
+0 < icmp unreachable [1:2(*)]
+0 < icmp unreachable [1:1000(1000)]
+0 < icmp unreachable [icmp (5)]
+0 < icmp (5)
+0 < udp unreachable
+0 < udp (65508)
+0 < udp (*)
+0 < icmp packet_too_big mtu 1280
#=
script.pkt:1:11: error: unknown ICMP type 'unreachabel' for ipv4
    +0 < icmp unreachabel
              ^~~~~~~~~~~
  hint: did you mean unreachable?
script.pkt:2:11: error: unknown ICMP type 'zzzzzzzzzzz' for ipv4
    +0 < icmp zzzzzzzzzzz
              ^~~~~~~~~~~
script.pkt:3:23: error: unknown ICMP code 'host_unreachabel' for unreachable
    +0 < icmp unreachable host_unreachabel
                          ^~~~~~~~~~~~~~~~
  hint: did you mean host_unreachable?
script.pkt:4:23: error: unknown ICMP code 'zzzzzzzzzz' for unreachable
    +0 < icmp unreachable zzzzzzzzzz
                          ^~~~~~~~~~
script.pkt:5:35: error: unknown field 'mut' of the ICMP header
    +0 < icmp unreachable frag_needed mut 5
                                      ^~~
  hint: there are mtu and id
script.pkt:6:35: error: this ICMP message has no id
    +0 < icmp unreachable frag_needed id 5
                                      ^~~~
script.pkt:7:39: error: mtu 65536 is out of range (0 to 65535)
    +0 < icmp unreachable frag_needed mtu 65536
                                          ^~~~~
script.pkt:8:40: error: this ICMP message has no mtu
    +0 < icmp unreachable host_unreachable mtu 5
                                           ^~~~~
script.pkt:9:24: error: the sequence number of a quote cannot be open
    +0 < icmp unreachable [*(5)]
                           ^
script.pkt:10:28: error: '*' cannot stand here
    +0 < icmp unreachable [1:2(*)]
                               ^
script.pkt:11:24: error: a segment from 1 with 1000 bytes ends at 1001, not at 1000
    +0 < icmp unreachable [1:1000(1000)]
                           ^~~~~~~~~~~~
  hint: SYN and FIN are not counted here
script.pkt:12:23: error: an ICMP message quotes TCP, UDP or raw bytes
    +0 < icmp unreachable [icmp (5)]
                          ^~~~~~~~~~
script.pkt:13:6: error: only udp is written with a length alone
    +0 < icmp (5)
         ^~~~
script.pkt:14:6: error: only icmp has a type
    +0 < udp unreachable
         ^~~
script.pkt:15:11: error: the payload length 65508 is out of range (0 to 65507)
    +0 < udp (65508)
              ^~~~~
script.pkt:16:11: error: '*' cannot stand here
    +0 < udp (*)
              ^
script.pkt:17:11: error: unknown ICMP type 'packet_too_big' for ipv4
    +0 < icmp packet_too_big mtu 1280
              ^~~~~~~~~~~~~~
  hint: that is IPv6's; in IPv4 it is: icmp unreachable frag_needed

## ICMP of the other family
#$ -c -6
+0 < icmp packet_too_big mtu 1280 [1:101(100)]
+0 < icmp unreachable frag_needed mtu 1280
+0 < icmp source_quench
#=
script.pkt:2:23: error: unknown ICMP code 'frag_needed' for unreachable
    +0 < icmp unreachable frag_needed mtu 1280
                          ^~~~~~~~~~~
  hint: that is IPv4's; in IPv6 it is: icmp packet_too_big
script.pkt:3:11: error: unknown ICMP type 'source_quench' for ipv6
    +0 < icmp source_quench
              ^~~~~~~~~~~~~

## what is a fault for one family only stays for the mapped one
#$ -c -m
+0 < icmp unreachable host_unreachable [1:101(100)]
#=
1 step

## options of a script
#$ -c
--mtoo=5
--zzzzzzzzzzzzz
--mtu
--mtu=x
--mtu=70000
--mtu=1.5
--mtu=1e3
--mtu=
--bind_port=0
--bind_port=65536
--local_ip=1.2.3
--ip_version=ipv5
--ip_version=,
--non_fatal=all
--unexpected=maybe
--tolerance_percent=101
--tolerance_percent=nan
--tolerance_usecs=0
--strict_segments=yes
--define=X
--define==3
--wire_client
--so_filename=x
--tun_dev=x
--psp_udp_port=1
--udp_encapsulation=x
--local_linklocal_ip=x
+0 socket(..., SOCK_STREAM, 0) = 3
#=
script.pkt:1:1: error: unknown option --mtoo
    --mtoo=5
    ^~~~~~
  hint: did you mean --mtu?
script.pkt:2:1: error: unknown option --zzzzzzzzzzzzz
    --zzzzzzzzzzzzz
    ^~~~~~~~~~~~~~~
script.pkt:3:1: error: --mtu: it needs a value
    --mtu
    ^~~~~
script.pkt:4:7: error: --mtu: its value must be a number
    --mtu=x
          ^
script.pkt:5:7: error: --mtu: the number is out of range (0 to 65535)
    --mtu=70000
          ^~~~~
script.pkt:6:7: error: --mtu: its value must be a whole number
    --mtu=1.5
          ^~~
script.pkt:8:7: error: --mtu: its value must be a number
    --mtu=
          ^
script.pkt:9:13: error: --bind_port: the number is out of range (1 to 65535)
    --bind_port=0
                ^
script.pkt:10:13: error: --bind_port: the number is out of range (1 to 65535)
    --bind_port=65536
                ^~~~~
script.pkt:11:12: error: --local_ip: its value must be an IP address
    --local_ip=1.2.3
               ^~~~~
script.pkt:12:14: error: --ip_version: its value must be ipv4, ipv6, ipv4-mapped-ipv6 or all
    --ip_version=ipv5
                 ^~~~
script.pkt:13:14: error: --ip_version: its value must be ipv4, ipv6, ipv4-mapped-ipv6 or all
    --ip_version=,
                 ^
script.pkt:14:13: error: --non_fatal: its value must be packet, syscall or both
    --non_fatal=all
                ^~~
script.pkt:15:14: error: --unexpected: its value must be fail or ignore
    --unexpected=maybe
                 ^~~~~
script.pkt:16:21: error: --tolerance_percent: the number is out of range (0 to 100)
    --tolerance_percent=101
                        ^~~
script.pkt:17:21: error: --tolerance_percent: the number is out of range (0 to 100)
    --tolerance_percent=nan
                        ^~~
script.pkt:18:19: error: --tolerance_usecs: the number is out of range (1 to 4294967295)
    --tolerance_usecs=0
                      ^
script.pkt:19:19: error: --strict_segments: it takes no value
    --strict_segments=yes
                      ^~~
script.pkt:20:10: error: --define: its value must be NAME=VALUE
    --define=X
             ^
script.pkt:21:10: error: --define: its value must be NAME=VALUE
    --define==3
             ^~
script.pkt:22:1: error: --wire_client: not supported in a script: who plays it has two hosts, or has not
    --wire_client
    ^~~~~~~~~~~~~
script.pkt:24:11: error: --tun_dev: not supported: every test has a device in a namespace of its own, and both go with it
    --tun_dev=x
              ^
script.pkt:25:16: error: --psp_udp_port: not supported: tcpclose does not do PSP encryption
    --psp_udp_port=1
                   ^
script.pkt:26:21: error: --udp_encapsulation: not supported: Linux has no TCP over UDP
    --udp_encapsulation=x
                        ^
script.pkt:27:22: error: --local_linklocal_ip: not supported: the kernel gives the TUN device its own link-local address
    --local_linklocal_ip=x
                         ^

## sysctls
#$ -c
sysctl
sysctl net.ipv4.tcp_sack
sysctl = 3
sysctl kernel.panic = 1
sysctl net.ipv4.tcp sack = 1
sysctl net.../../kernel.panic = 1
sysctl net/ipv4/tcp_rmem = "1 2 3"
sysctl net.ipv4.tcp_sack =
+0 socket(..., SOCK_STREAM, 0) = 3
#=
script.pkt:1:1: error: this is written sysctl NAME = VALUE
    sysctl
    ^~~~~~
script.pkt:2:8: error: this is written sysctl NAME = VALUE
    sysctl net.ipv4.tcp_sack
           ^~~~~~~~~~~~~~~~~
script.pkt:3:8: error: this is written sysctl NAME = VALUE
    sysctl = 3
           ^~~
script.pkt:4:8: error: only sysctls of the namespace (net.*) can be set
    sysctl kernel.panic = 1
           ^~~~~~~~~~~~~~~~
script.pkt:5:8: error: 'net.ipv4.tcp sack' is not the name of a sysctl
    sysctl net.ipv4.tcp sack = 1
           ^~~~~~~~~~~~~~~~~~~~~
script.pkt:6:8: error: 'net.../../kernel.panic' is not the name of a sysctl
    sysctl net.../../kernel.panic = 1
           ^~~~~~~~~~~~~~~~~~~~~~~~~~
script.pkt:8:8: error: this is written sysctl NAME = VALUE
    sysctl net.ipv4.tcp_sack =
           ^~~~~~~~~~~~~~~~~~~

## no events
#$ -c
sysctl net.ipv4.tcp_sack = 1
#=
error: script.pkt: the script has no events

## errors of syntax first, and what depends on them is not said
#$ -c
+0 socket(..., SOCK_STREAM, 0 = 3
+0 listen(3, 1) = 0
+0 listen(3, "x") = 0
#=
script.pkt:1:31: error: syntax error at '=': expected ')'
    +0 socket(..., SOCK_STREAM, 0 = 3
                                  ^
script.pkt:3:14: error: argument 2 of listen must be a number
    +0 listen(3, "x") = 0
                 ^~~

## a segment that may come at any time, or never
#$ -c
* maybe > . 1:1(0) ack 1
+0~+1 maybe > . 1:1(0) ack 1
#=
script.pkt:1:1: error: a segment that may not come needs a time until which it may come
    * maybe > . 1:1(0) ack 1
    ^
  hint: write a range of time: +0~+1 maybe > ...

## what packetdrill and its relatives have, and there is not here
#$ -c
+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0 psp_rx_assoc(3, [5], ...) = 0
+0 sctp_bindx(3, ..., 1, SCTP_BINDX_ADD_ADDR) = 0
+0 setsockopt(3, IPPROTO_TCP, TCP_KEEPINIT, [1], 4) = 0
+0 getsockopt(3, IPPROTO_TCP, TCP_FUNCTION_BLK, {function_set_name="x"}, [36]) = 0
+0 > . 1:1(0) ack 1/udp(1 > 2)
+0 < R. 1:1(0) ack 1 [code 3, pen 12]
#=
script.pkt:2:4: error: unknown system call 'psp_rx_assoc'
    +0 psp_rx_assoc(3, [5], ...) = 0
       ^~~~~~~~~~~~
  hint: tcpclose does not do PSP encryption
script.pkt:3:4: error: unknown system call 'sctp_bindx'
    +0 sctp_bindx(3, ..., 1, SCTP_BINDX_ADD_ADDR) = 0
       ^~~~~~~~~~
  hint: tcpclose tests TCP, and does not do SCTP
script.pkt:4:31: error: unknown constant 'TCP_KEEPINIT'
    +0 setsockopt(3, IPPROTO_TCP, TCP_KEEPINIT, [1], 4) = 0
                                  ^~~~~~~~~~~~
  hint: it exists in BSD only, not in Linux
script.pkt:5:31: error: unknown constant 'TCP_FUNCTION_BLK'
    +0 getsockopt(3, IPPROTO_TCP, TCP_FUNCTION_BLK, {function_set_name="x"}, [36]) = 0
                                  ^~~~~~~~~~~~~~~~
  hint: it exists in BSD only, not in Linux
script.pkt:5:50: error: no structure has a field 'function_set_name'
    +0 getsockopt(3, IPPROTO_TCP, TCP_FUNCTION_BLK, {function_set_name="x"}, [36]) = 0
                                                     ^~~~~~~~~~~~~~~~~
  hint: it exists in BSD only, not in Linux
script.pkt:6:20: error: Linux has no TCP over UDP
    +0 > . 1:1(0) ack 1/udp(1 > 2)
                       ^~~~~~~~~~~
script.pkt:7:22: error: Linux neither sends a reason with a RST, nor reads one
    +0 < R. 1:1(0) ack 1 [code 3, pen 12]
                         ^~~~~~~~~~~~~~~~

## protocols that are not done
#$ -c
+0 < sctp: INIT[flgs=0, tag=1]
+0 > udplite (100,8)
+0 < encap psp spi 23 P. 501:1001(500) ack 501
+0 > psp spi 23 P. 501:1001(500) ack 501
+0 < icmp unreachable port_unreachable [sctp(4)]
+0 < icmp unreachable port_unreachable [1:2(1)/udp(5 > 6)]
+0 sctp: close(3) = 0
#=
script.pkt:1:6: error: tcpclose tests TCP, and does not do SCTP
    +0 < sctp: INIT[flgs=0, tag=1]
         ^~~~
script.pkt:2:6: error: tcpclose does not do UDP-Lite
    +0 > udplite (100,8)
         ^~~~~~~
script.pkt:3:6: error: tcpclose does not do PSP encryption
    +0 < encap psp spi 23 P. 501:1001(500) ack 501
         ^~~~~
script.pkt:4:6: error: tcpclose does not do PSP encryption
    +0 > psp spi 23 P. 501:1001(500) ack 501
         ^~~
script.pkt:5:41: error: tcpclose tests TCP, and does not do SCTP
    +0 < icmp unreachable port_unreachable [sctp(4)]
                                            ^~~~
script.pkt:6:47: error: Linux has no TCP over UDP
    +0 < icmp unreachable port_unreachable [1:2(1)/udp(5 > 6)]
                                                  ^~~~~~~~~~~
script.pkt:7:4: error: there is no process 'sctp' here
    +0 sctp: close(3) = 0
       ^~~~
  hint: fork() = sctp makes one; a thread is named at a call that blocks (+0...1)

## options by nplab's names, and bytes alone
+0 < (dscp voice-admit) . 1:1(0) ack 1 win 5 <gen-253 a1b2>
+0 < . 1:1(0) ack 1 win 5 <exp-f989 00112233>
+0 < . 1:1(0) ack 1 win 5 <exp-tarr 5,nop,EXP-FO>
+0 < . 1:1(0) ack 1 win 5 <020405b4>
+0 < . 1:1(0) ack 1 win 5 <01010101>
+0 > . 1:1(0) ack 1 <nop,nop,md5 valid>
#=
+0 inject tcp ip dscp voice-admit flags . seq 1:1 length 0 with ack=1 win=5 options gen-253(a1b2)
+0 inject tcp flags . seq 1:1 length 0 with ack=1 win=5 options exp-f989(112233)
+0 inject tcp flags . seq 1:1 length 0 with ack=1 win=5 options exp-tarr(5) nop() EXP-FO()
+0 inject tcp flags . seq 1:1 length 0 with ack=1 win=5 options 020405b4()
+0 inject tcp flags . seq 1:1 length 0 with ack=1 win=5 options 01010101()
+0 expect tcp flags . seq 1:1 length 0 with ack=1 options nop() nop() md5(valid)

## a signature needs a key
#$ -c
+0 < S 0:0(0) win 1000 <md5 valid,nop,nop>
#=
script.pkt:1:29: error: there is no key to sign this with
    +0 < S 0:0(0) win 1000 <md5 valid,nop,nop>
                                ^~~~~
  hint: write --tcp_md5_secret=KEY before the first event

## a structure with bytes in it
#$ -c
--tcp_md5_secret=k
+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0 setsockopt(3, IPPROTO_TCP, TCP_MD5SIG, {tcpm_addr={sa_family=AF_INET, sin_port=htons(0), sin_addr=inet_addr("1.2.3.4")}, tcpm_keylen=1, tcpm_key="k"}, 216) = 0
+0 setsockopt(3, IPPROTO_TCP, TCP_MD5SIG, {tcpm_key=5}, 216) = 0
+0 setsockopt(3, IPPROTO_TCP, TCP_MD5SIG, {tcpm_keylen="k"}, 216) = 0
+0 < S 0:0(0) win 1000 <md5 valid,nop,nop>
#=
script.pkt:4:53: error: tcpm_key must be a string or an address of at most 80 bytes
    +0 setsockopt(3, IPPROTO_TCP, TCP_MD5SIG, {tcpm_key=5}, 216) = 0
                                                        ^
script.pkt:5:56: error: tcpm_keylen must be a number
    +0 setsockopt(3, IPPROTO_TCP, TCP_MD5SIG, {tcpm_keylen="k"}, 216) = 0
                                                           ^~~

## a real peer: what is at the far end, and what is not
#$ -c
--real_peer
+0 fork() = peer
+0 run("a") = server
+0 peer: kill(server, SIGKILL) = 0
+0 peer: wait(server) = 0
+0 peer: state(4) = LISTEN
+0 peer: silence
+0 peer: signal(SIGPIPE) = 1
+0 peer: socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0 > . 1:1(0) ack 1 or < . 1:1(0) ack 1
+0 link(loses) = .1
+0 link(delays) = ...
+0 link(drops) = 1
+0 link = sideways
#=
script.pkt:2:13: error: 'peer' is the other end of the link
    +0 fork() = peer
                ^~~~
script.pkt:4:10: error: a process is named, wherever it is
    +0 peer: kill(server, SIGKILL) = 0
             ^~~~
  hint: write kill(NAME, SIGNAL) = 0
script.pkt:5:10: error: a process is named, wherever it is
    +0 peer: wait(server) = 0
             ^~~~
  hint: write wait(NAME) = N
script.pkt:6:16: error: at the peer a connection is named by its ports, as in state(8080 > 40001)
    +0 peer: state(4) = LISTEN
                   ^
script.pkt:7:10: error: only a state and a counter can be the peer's
    +0 peer: silence
             ^~~~~~~
script.pkt:8:10: error: only a state and a counter can be the peer's
    +0 peer: signal(SIGPIPE) = 1
             ^~~~~~
script.pkt:9:4: error: a call at the peer is a process's there
    +0 peer: socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
       ^~~~
  hint: write peer: fork() = NAME first, and then NAME: socket(...)
script.pkt:10:26: error: a line is about one end: both sides of an or have the same sign
    +0 > . 1:1(0) ack 1 or < . 1:1(0) ack 1
                             ^
script.pkt:11:4: error: this is written link(loses) = N, or link(loses) = ... for all segments
    +0 link(loses) = .1
       ^~~~
script.pkt:12:4: error: this is written link(delays) = SECONDS
    +0 link(delays) = ...
       ^~~~
script.pkt:13:4: error: this is written link(loses) = N, or link(delays) = SECONDS
    +0 link(drops) = 1
       ^~~~
script.pkt:14:4: error: this is written link = up, or link = down
    +0 link = sideways
       ^~~~

## malformed headers, lists of select, descriptors in messages, rings, processes
#$ -c
+0 > F. 1:1(0) ack 1 badsum 3
+0 < F. 1:1(0) ack 1 win 1 badsum 65535
+0 < F. 1:1(0) ack 1 win 1 badsum 3 badsum 4
+0 > (length 40) F. 1:1(0) ack 1
+0 select(5, [{fd=4}], NULL, NULL, NULL) = 0
+0 select(5, [{fd=4, isset=1, events=1}], NULL, NULL, NULL) = 0
+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 4
+0 select(9, [{fd=4, isset=1}], NULL, NULL, NULL) = 1
+0 sendmsg(4, {msg_iov(1)=[{"x", 1}], msg_control(1)=[{cmsg_level=SOL_SOCKET, cmsg_type=SCM_RIGHTS, cmsg_data=[7]}]}, 0) = 1
+0 pidfd_open(nobody, 0) = 5
+0 io_uring_submit(4, [{user_data=1, fd=4}], 1) = 1
+0 getpeername(4, {sa_family=..., sin_port=80, sin_addr=...}, ...) = 0
+0 exec("true")
#=
script.pkt:1:22: error: badsum is for injected segments
    +0 > F. 1:1(0) ack 1 badsum 3
                         ^~~~~~~~
script.pkt:2:35: error: badsum 65535 is out of range (1 to 65534)
    +0 < F. 1:1(0) ack 1 win 1 badsum 65535
                                      ^~~~~
script.pkt:3:37: error: badsum is written twice
    +0 < F. 1:1(0) ack 1 win 1 badsum 3 badsum 4
                                        ^~~~~~~~
script.pkt:4:7: error: length is for packets that are injected
    +0 > (length 40) F. 1:1(0) ack 1
          ^~~~~~~~~
script.pkt:5:14: error: argument 2 of select must be [{fd=N, isset=1}, ...] or NULL
    +0 select(5, [{fd=4}], NULL, NULL, NULL) = 0
                 ^~~~~~~~
script.pkt:6:22: error: struct pollfd has no field 'isset'
    +0 select(5, [{fd=4, isset=1, events=1}], NULL, NULL, NULL) = 0
                         ^~~~~
script.pkt:8:11: error: this is the highest descriptor of the lists plus one, 5
    +0 select(9, [{fd=4, isset=1}], NULL, NULL, NULL) = 1
              ^
script.pkt:9:112: error: descriptor 7 was never opened
    +0 sendmsg(4, {msg_iov(1)=[{"x", 1}], msg_control(1)=[{cmsg_level=SOL_SOCKET, cmsg_type=SCM_RIGHTS, cmsg_data=[7]}]}, 0) = 1
                                                                                                                   ^
script.pkt:10:15: error: there is no process of this name here
    +0 pidfd_open(nobody, 0) = 5
                  ^~~~~~
script.pkt:11:23: error: argument 2 of io_uring_submit must be [{opcode=IORING_OP_CLOSE, fd=N, user_data=N}, ...]
    +0 io_uring_submit(4, [{user_data=1, fd=4}], 1) = 1
                          ^~~~~~~~~~~~~~~~~~~~~
script.pkt:12:44: error: a port is written htons(8080)
    +0 getpeername(4, {sa_family=..., sin_port=80, sin_addr=...}, ...) = 0
                                               ^~
script.pkt:13:4: error: this is written NAME: exec("command")
    +0 exec("true")
       ^~~~

## a program stays what it is
#$ -c
+0 run("sleep 1") = program
+0 program: exec("sleep 2")
#=
script.pkt:2:4: error: 'program' is a program already
    +0 program: exec("sleep 2")
       ^~~~~~~

## IPv6 has no checksum of its own
#$ -c -6
+0 < (badsum 1) F. 1:1(0) ack 1 win 1
+0 < (length) F. 1:1(0) ack 1 win 1
#=
script.pkt:1:7: error: IPv6 has no checksum in its header (RFC 8200)
    +0 < (badsum 1) F. 1:1(0) ack 1 win 1
          ^~~~~~~~
script.pkt:2:7: error: length takes a number
    +0 < (length) F. 1:1(0) ack 1 win 1
          ^~~~~~

## an address within a structure
#$ -c
+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0 setsockopt(3, IPPROTO_TCP, TCP_MD5SIG, {tcpm_addr={sa_family=..., sin_port=htons(0), sin_addr=...}, tcpm_keylen=1, tcpm_key="k"}, 216) = 0
#=
script.pkt:2:54: error: the address in tcpm_addr must be written in full
    +0 setsockopt(3, IPPROTO_TCP, TCP_MD5SIG, {tcpm_addr={sa_family=..., sin_port=htons(0), sin_addr=...}, tcpm_keylen=1, tcpm_key="k"}, 216) = 0
                                                         ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~

## a link that loses, to a script
#$ -c
+0 link(loses) = 1
#=
script.pkt:1:4: error: a link with a script at its other end loses and delays nothing
    +0 link(loses) = 1
       ^~~~
  hint: with --real_peer there is a TCP at both ends; otherwise leave out the segment, or write it later

## calls: the first argument of select
#$ -c
+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0 select(3, [{fd=3, isset=1}], NULL, NULL, NULL) = 1
#=
script.pkt:2:11: error: this is the highest descriptor of the lists plus one, 4
    +0 select(3, [{fd=3, isset=1}], NULL, NULL, NULL) = 1
              ^
