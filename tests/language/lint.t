## a dot without ack, and the other way round
#$ -l
+0 < S 0:0(0) win 9
+0 > S. 0:0(0) ack 1
+0 < . 1:1(0) win 9
+0 > F. 1:1(0)
+0 > . 1:1(0) ack *
+0 < F 1:1(0) ack 1 win 9
+0 < . 2:2(0) ack 0 win 9
+0 > R 1:1(0)
#=
8 steps
script.pkt:3:6: warning: the dot says ACK, but ack N is missing, so it is 0
    +0 < . 1:1(0) win 9
         ^
  hint: write ack N behind the sequence numbers; ack 0 when it is meant
script.pkt:4:6: warning: the dot says ACK, but ack N is missing, so it is 0
    +0 > F. 1:1(0)
         ^~
  hint: write ack N behind the sequence numbers; ack 0 when it is meant
script.pkt:6:15: warning: without a dot among the flags, the acknowledgment number means nothing
    +0 < F 1:1(0) ack 1 win 9
                  ^~~~~
  hint: ACK is written as a dot, like F.

## flags as tcpdump and scapy write them
#$ -l
+0 < SA 0:0(0) ack 1 win 9
+0 > FA 1:1(0) ack 1
+0 > A 1:1(0) ack 1
+0 < RA 1:1(0) ack 1
+0 > SEWA 0:0(0)
+0 > S.A 0:0(0) ack 1
#=
6 steps
script.pkt:1:6: warning: the letter A is the flag AE of accurate ECN, not ACK
    +0 < SA 0:0(0) ack 1 win 9
         ^~
  hint: ACK is written as a dot: S.
script.pkt:2:6: warning: the letter A is the flag AE of accurate ECN, not ACK
    +0 > FA 1:1(0) ack 1
         ^~
  hint: ACK is written as a dot: F.
script.pkt:3:6: warning: the letter A is the flag AE of accurate ECN, not ACK
    +0 > A 1:1(0) ack 1
         ^
  hint: ACK is written as a dot: .
script.pkt:4:6: warning: the letter A is the flag AE of accurate ECN, not ACK
    +0 < RA 1:1(0) ack 1
         ^~
  hint: ACK is written as a dot: R.

## numbers that the peer leaves out, or goes back to
#$ -l
+0 < S 0:0(0) win 9
+0 > S. 0:0(0) ack 1 <mss *>
+0 < . 1:1(0) ack 1 win 9
+0 < P. 101:201(100) ack 1 win 9
+0 < P. 1:101(100) ack 1 win 9
+0 < P. 101:201(100) ack 1 win 9
+0 < P. 50:101(51) ack 1 win 9
+0 < . 200:200(0) ack 1 win 9
+0 < F. 201:201(0) ack 1 win 9
+0 < . 201:201(0) ack 1 win 9
+0 < R 300:300(0)
#=
11 steps
script.pkt:4:9: warning: this begins at 101, and the peer has sent up to 1: it leaves a hole
    +0 < P. 101:201(100) ack 1 win 9
            ^~~~~~~
  hint: the next number is 1; a hole that is wanted has // meant: WHY behind it
script.pkt:10:8: warning: this begins at 201, and the peer has sent up to 202 already, its FIN counted
    +0 < . 201:201(0) ack 1 win 9
           ^~~~~~~
  hint: the next number is 202; what is sent again has the numbers that it had
script.pkt:11:8: warning: this begins at 300, and the peer has sent up to 202: it leaves a hole
    +0 < R 300:300(0)
           ^~~~~~~
  hint: the next number is 202; a hole that is wanted has // meant: WHY behind it

## ... another connection has its own
#$ -l
+0 < 5000 > 8080 S 0:0(0) win 9
+0 > 8080 > 5000 S. 0:0(0) ack 1 <mss *>
+0 < 5001 > 8080 S 7:7(0) win 9
+0 > 8080 > 5001 S. 0:0(0) ack 8 <mss *>
+0 < 5000 > 8080 P. 1:11(10) ack 1 win 9
+0 < 5001 > 8080 P. 1:5(4) ack 1 win 9
+0 < 5001 > 8080 F. 11:11(0) ack 1 win 9
#=
7 steps
script.pkt:7:21: warning: this begins at 11, and the peer has sent up to 5: it leaves a hole
    +0 < 5001 > 8080 F. 11:11(0) ack 1 win 9
                        ^~~~~
  hint: the next number is 5; a hole that is wanted has // meant: WHY behind it

## acknowledgments of what was not sent
#$ -l
+0 < S 0:0(0) win 9
+0 > S. 0:0(0) ack 1 <mss *>
+0 < . 1:1(0) ack 2 win 9
+0 > P. 1:101(100) ack 1
+0 < . 1:1(0) ack 101 win 9
+0 > F. 101:101(0) ack 2
+0 < F. 1:1(0) ack 103 win 9
+0 > . 102:102(0) ack 3
+0 > . 102:102(0) ack 2
+0 > . *(*) ack *
+0 < . 2:2(0) ack 1000 win 9
#=
11 steps
script.pkt:3:15: warning: this acknowledges 2, and the > lines before it have sent no more than up to 1
    +0 < . 1:1(0) ack 2 win 9
                  ^~~~~
  hint: SYN and FIN count one each; what a kernel sends is written before its acknowledgment
script.pkt:6:20: warning: this acknowledges 2, and the < lines before it have sent no more than up to 1
    +0 > F. 101:101(0) ack 2
                       ^~~~~
  hint: SYN and FIN count one each
script.pkt:7:16: warning: this acknowledges 103, and the > lines before it have sent no more than up to 102
    +0 < F. 1:1(0) ack 103 win 9
                   ^~~~~~~
  hint: SYN and FIN count one each; what a kernel sends is written before its acknowledgment
script.pkt:8:19: warning: this acknowledges 3, and the < lines before it have sent no more than up to 2
    +0 > . 102:102(0) ack 3
                      ^~~~~
  hint: SYN and FIN count one each

## calls that do not return
#$ -l -4
+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0 bind(3, ..., ...) = 0
+0 listen(3, 1) = 0
+0 < S 0:0(0) win 9
+0 > S. 0:0(0) ack 1 <mss *>
+0 accept(3, ..., ...) = 4
+0 < . 1:1(0) ack 1 win 9
+0 accept(3, ..., ...) = 5
+0 read(5, ..., 10) = 10
+0 read(5, ..., 10) = -1 EAGAIN
+0 recv(5, ..., 10, MSG_DONTWAIT) = -1 EAGAIN
+0 read(5, ..., 0) = 0
+0...1 read(5, ..., 10) = 4
+0 < P. 1:5(4) ack 1 win 9
+0 read(5, ..., 10) = 4
+0 read(5, ..., 10) = 0
+0 fcntl(5, F_SETFL, O_RDWR|O_NONBLOCK) = 0
+0 read(5, ..., 10) = -1 EAGAIN
+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 6
+0 connect(6, ..., ...) = 0
+0 socket(..., SOCK_STREAM|SOCK_NONBLOCK, IPPROTO_TCP) = 7
+0 connect(7, ..., ...) = -1 EINPROGRESS
+0 socket(..., SOCK_DGRAM, IPPROTO_UDP) = 8
+0 connect(8, ..., ...) = 0
#=
24 steps
script.pkt:6:4: warning: no handshake is complete here: this accept does not return
    +0 accept(3, ..., ...) = 4
       ^~~~~~~~~~~~~~~~~~~~~~~
  hint: the peer's ACK is missing before it, such as < . 1:1(0) ack 1 win 65535; a call that shall wait is written +0...0.1 accept(...)
script.pkt:9:4: warning: there is nothing to read here: this read does not return
    +0 read(5, ..., 10) = 10
       ^~~~~~~~~~~~~~~~~~~~~
  hint: the socket blocks; set O_NONBLOCK to get -1 EAGAIN, or write +0...0.1 read(...) to let the call wait
script.pkt:10:4: warning: there is nothing to read here: this read does not return
    +0 read(5, ..., 10) = -1 EAGAIN
       ^~~~~~~~~~~~~~~~~~~~~~~~~~~~
  hint: the socket blocks; set O_NONBLOCK to get -1 EAGAIN, or write +0...0.1 read(...) to let the call wait
script.pkt:16:4: warning: there is nothing to read here: this read does not return
    +0 read(5, ..., 10) = 0
       ^~~~~~~~~~~~~~~~~~~~
  hint: the socket blocks; set O_NONBLOCK to get -1 EAGAIN, or write +0...0.1 read(...) to let the call wait
script.pkt:20:4: warning: the SYN is answered only after this line: this connect does not return
    +0 connect(6, ..., ...) = 0
       ^~~~~~~~~~~~~~~~~~~~~~~~
  hint: let it wait: +0...0.1 connect(...) = 0; or set the socket to O_NONBLOCK before, for -1 EINPROGRESS

## waiting for events that cannot come
#$ -l -4
+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0 bind(3, ..., ...) = 0
+0 listen(3, 1) = 0
+0 poll([{fd=3, events=POLLIN, revents=POLLIN}], 1, -1) = 1
+0 poll([{fd=3, events=POLLIN, revents=0}], 1, 0) = 0
+0 < S 0:0(0) win 9
+0 > S. 0:0(0) ack 1 <mss *>
+0 < . 1:1(0) ack 1 win 9
+0 poll([{fd=3, events=POLLIN, revents=POLLIN}], 1, -1) = 1
+0 accept(3, ..., ...) = 4
+0 poll([{fd=4, events=POLLIN, revents=POLLIN}], 1, -1) = 1
+0...1 poll([{fd=4, events=POLLIN, revents=POLLIN}], 1, -1) = 1
+0 poll([{fd=4, events=POLLIN|POLLOUT, revents=POLLOUT}], 1, -1) = 1
+0 < P. 1:5(4) ack 1 win 9
+0 poll([{fd=4, events=POLLIN, revents=POLLIN}], 1, -1) = 1
+0 epoll_create1(0) = 5
+0 epoll_ctl(5, EPOLL_CTL_ADD, 4, {events=EPOLLIN, fd=4}) = 0
+0 epoll_wait(5, {events=EPOLLIN, fd=4}, 1, -1) = 0
+0 epoll_wait(5, {events=EPOLLIN, fd=4}, 1, 0) = 0
#=
19 steps
script.pkt:4:4: warning: there is no event here, and no time after which this poll ends: it does not return
    +0 poll([{fd=3, events=POLLIN, revents=POLLIN}], 1, -1) = 1
       ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
  hint: give it a time in milliseconds instead of -1 (0: it only looks), or let it wait: +0...0.1 poll(...)
script.pkt:11:4: warning: there is no event here, and no time after which this poll ends: it does not return
    +0 poll([{fd=4, events=POLLIN, revents=POLLIN}], 1, -1) = 1
       ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
  hint: give it a time in milliseconds instead of -1 (0: it only looks), or let it wait: +0...0.1 poll(...)
script.pkt:18:4: warning: there is no event here, and no time after which this epoll_wait ends: it does not return
    +0 epoll_wait(5, {events=EPOLLIN, fd=4}, 1, -1) = 0
       ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
  hint: give it a time in milliseconds instead of -1 (0: it only looks), or let it wait: +0...0.1 epoll_wait(...)

## a close that lingers
#$ -l -4
+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0 bind(3, ..., ...) = 0
+0 listen(3, 1) = 0
+0 < S 0:0(0) win 9
+0 > S. 0:0(0) ack 1 <mss *>
+0 < . 1:1(0) ack 1 win 9
+0 accept(3, ..., ...) = 4
+0 setsockopt(4, SOL_SOCKET, SO_LINGER, {onoff=1, linger=5}, 8) = 0
+0 close(4) = 0
+0 > F. 1:1(0) ack 1
+0 < . 1:1(0) ack 2 win 9
#=
11 steps
script.pkt:9:4: warning: SO_LINGER lets this close wait for the peer's acknowledgment, which can only come behind this line
    +0 close(4) = 0
       ^~~~~~~~~~~~
  hint: it waits for 5 s; write +0...0.1 close(...) to go on with the script meanwhile

## closes that do not wait
#$ -l -4
+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0 bind(3, ..., ...) = 0
+0 listen(3, 1) = 0
+0 < S 0:0(0) win 9
+0 > S. 0:0(0) ack 1 <mss *>
+0 < . 1:1(0) ack 1 win 9
+0 accept(3, ..., ...) = 4
+0 setsockopt(4, SOL_SOCKET, SO_LINGER, {onoff=1, linger=5}, 8) = 0
+0 dup(4) = 5
+0 close(4) = 0
+0 shutdown(5, SHUT_WR) = 0
+0 > F. 1:1(0) ack 1
+0 < . 1:1(0) ack 2 win 9
+0 close(5) = 0
+0 < F. 1:1(0) ack 2 win 9
+0 > . 2:2(0) ack 2
#=
16 steps

## a close that lingers beside the script
#$ -l -4
+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0 bind(3, ..., ...) = 0
+0 listen(3, 1) = 0
+0 < S 0:0(0) win 9
+0 > S. 0:0(0) ack 1 <mss *>
+0 < . 1:1(0) ack 1 win 9
+0 accept(3, ..., ...) = 4
+0 setsockopt(4, SOL_SOCKET, SO_LINGER, {onoff=1, linger=5}, 8) = 0
+0...0.1 close(4) = 0
+0 > F. 1:1(0) ack 1
+.1 < . 1:1(0) ack 2 win 9
#=
11 steps

## a result that is an errno
#$ -l
+0 close(-1) = EBADF
+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0 fcntl(3, F_GETFL) = O_RDWR
+0 close(3) = ECONNRESET
#=
4 steps
script.pkt:1:16: warning: no call returns EBADF, the number 9
    +0 close(-1) = EBADF
                   ^~~~~
  hint: an error is written -1 EBADF
script.pkt:4:15: warning: no call returns ECONNRESET, the number 104
    +0 close(3) = ECONNRESET
                  ^~~~~~~~~~
  hint: an error is written -1 ECONNRESET

## a close behind which nothing is looked at
#$ -l
+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0 bind(3, ..., ...) = 0
+0 listen(3, 1) = 0
+0 < S 0:0(0) win 9
+0 > S. 0:0(0) ack 1 <mss *>
+0 < . 1:1(0) ack 1 win 9
+0 accept(3, ..., ...) = 4
+0 close(4) = 0
+0 < F. 1:1(0) ack 1 win 9
+0 close(3) = 0
#=
10 steps
script.pkt:8:4: warning: nothing is looked at after this close
    +0 close(4) = 0
       ^~~~~~~~~~~~
  hint: write what the kernel sends, such as > F. 1:1(0) ack 1, or the state, such as state = FIN_WAIT_1

## ... the listener's, and that of one that was reset, may come last
#$ -l
+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0 bind(3, ..., ...) = 0
+0 listen(3, 1) = 0
+0 < S 0:0(0) win 9
+0 > S. 0:0(0) ack 1 <mss *>
+0 < . 1:1(0) ack 1 win 9
+0 accept(3, ..., ...) = 4
+0 < R 1:1(0)
+0 close(4) = 0
+0 close(3) = 0
#=
10 steps

## a time since the start behind a segment that may come at any time
#$ -l
+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
* > S 0:0(0)
+0 fcntl(3, F_GETFL) = ...
1 fcntl(3, F_GETFL) = ...
2 fcntl(3, F_GETFL) = ...
#=
5 steps
script.pkt:4:1: warning: the segment before may come at any time (*), so this time may be over then
    1 fcntl(3, F_GETFL) = ...
    ^
  hint: write the time since the event before: +0.1

## what is meant is not told
#$ -l
+0 < S 0:0(0) win 9
+0 > S. 0:0(0) ack 1 <mss *>
+0 < . 1:1(0) win 9     // meant: an ACK of nothing
+0 < P. 1:11(10) ack 1 win 9
// meant: the data is lost
+0 < F. 20:20(0) ack 1 win 9
+0 < F. 5:5(0) ack 1 win 9 // meant:
// It is meant: so
+0 < F. 6:6(0) ack 1 win 9
#=
7 steps
script.pkt:7:9: warning: this begins at 5, and the peer has sent up to 11 already
    +0 < F. 5:5(0) ack 1 win 9 // meant:
            ^~~
  hint: the next number is 11; what is sent again has the numbers that it had
script.pkt:9:9: warning: this begins at 6, and the peer has sent up to 11 already
    +0 < F. 6:6(0) ack 1 win 9
            ^~~
  hint: the next number is 11; what is sent again has the numbers that it had

## a hole in what the kernel sends
#$ -l
+0 < S 0:0(0) win 9
+0 > S. 0:0(0) ack 1 <mss *>
+0 < . 1:1(0) ack 1 win 9
+0 > P. 1:101(100) ack 1
+0 > F. 102:102(0) ack 1
+0 > P. 1:101(100) ack 1
+0 > R 200:200(0)
#=
7 steps
script.pkt:5:9: warning: this begins at 102, and the > lines before it have sent up to 101: the kernel would leave a hole
    +0 > F. 102:102(0) ack 1
            ^~~~~~~
  hint: the next number is 101; SYN and FIN count one each

## a queue that is full
#$ -l -4
+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0 bind(3, ..., ...) = 0
+0 listen(3, 0) = 0
+0 < 5001 > 8080 S 0:0(0) win 9
+0 > 8080 > 5001 S. 0:0(0) ack 1 <mss *>
+0 < 5001 > 8080 . 1:1(0) ack 1 win 9
+0 < 5002 > 8080 S 0:0(0) win 9
+0 > 8080 > 5002 S. 0:0(0) ack 1 <mss *>
+0 accept(3, ..., ...) = 4
+0 < 5003 > 8080 S 0:0(0) win 9
+0 > 8080 > 5003 S. 0:0(0) ack 1 <mss *>
#=
11 steps
script.pkt:8:18: warning: the queue of listen() is full: 1 wait in it, and its backlog is 0
    +0 > 8080 > 5002 S. 0:0(0) ack 1 <mss *>
                     ^~
  hint: the kernel drops the SYN; accept() one of them before, or give listen() a greater backlog
