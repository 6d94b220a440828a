## every form of time
+0 a()
+1.5 b()
0.25 c()
3 d()
.000001 e()
* > . 1:1(0)
1~2.5 > . 1:1(0)
+.1~+.2 > . 1:1(0)
+0.0000019 f()
#=
+0 call a()
+1500000 call b()
250000 call c()
3000000 call d()
1 call e()
* expect tcp flags . seq 1:1 length 0
1000000~2500000 expect tcp flags . seq 1:1 length 0
+100000~+200000 expect tcp flags . seq 1:1 length 0
+1 call f()

## a call that blocks, with and without the name of its thread
+0...0.2 read(4, ..., 1000) = 0
+.1...1 reader: read(4, ..., 1000) = 0
0...2 connect(4, ..., ...) = -1 EINPROGRESS
#=
+0 begin until 200000u read(4, ..., 1000) = 0
+100000 begin until 1000000u by reader read(4, ..., 1000) = 0
0 begin until 2000000u connect(4, ..., ...) = -1 error EINPROGRESS

## results, errnos and the words behind them
+0 a() = 3
+0 b() = -1 EPIPE (Broken pipe)
+0 c() = -1 EINPROGRESS (Operation now in progress, or not: 1.5 - 2 udp.)
+0 d() = ...
+0 e() = 0x10
+0 f() = 0 (nothing)
+0 g()
#=
+0 call a() = 3
+0 call b() = -1 error EPIPE
+0 call c() = -1 error EINPROGRESS
+0 call d() = ...
+0 call e() = 16
+0 call f() = 0
+0 call g()

## every kind of argument
+0 a(1, -1, 0xff, 1.5, WORD, ..., "text", "a" "b", "begin"..., udp)
+0 b(A|B|C, [1], [], [[1, 2], {x=3}], {a=1, b=2}, {..., 10})
+0 c(htons(8080), inet_addr("192.0.2.1"), 192.0.2.1, fd3d::1, ::, ::ffff:1.2.3.4)
+0 d(msg_iov(2)=[{..., 1}, {"x", 1}], 1 > 2)
+0 e()
#=
+0 call a(1, -1, 255, 1500000u, WORD, ..., "text", "ab", "begin"..., udp)
+0 call b(A|B|C, [1], [], [[1, 2], {x=3}], {a=1, b=2}, {..., 10})
+0 call c(htons(8080), inet_addr("192.0.2.1"), 192.0.2.1, fd3d::1, ::, ::ffff:1.2.3.4)
+0 call d(msg_iov(2)=[{..., 1}, {"x", 1}], 1:2)
+0 call e()

## escapes in a string
+0 a("\n\t\r\0\x41\"\\\`\q\xZ", "")
#=
+0 call a("\x0a\x09\x0d\x00A\"\\`qxZ", "")

## a call over several lines, with comments within
+0 setsockopt(3, SOL_SOCKET,   // the level
              SO_LINGER,
	      {onoff=1, /* on,
	      and how long */ linger=5},
              8)
   = 0
+0 b()
#=
+0 call setsockopt(3, SOL_SOCKET, SO_LINGER, {onoff=1, linger=5}, 8) = 0
+0 call b()

## commands, code and what runs before and behind the events
`first "one" \` $x`
+0 `ls
-l`
+0 %{ assert a == "}" and b % 2 }%
+.1 %{
x = 1
}%
+1 a() = 0
`last`
#=
init `first "one" \` $x`
+0 command `ls
-l`
+0 code {assert a == "}" and b % 2}
+100000 code {
x = 1
}
+1000000 call a() = 0
cleanup `last`

## observations
+0 state(4) = CLOSE_WAIT, timer none
+0 state = TIME_WAIT, timer timewait 60, retransmits 0
+0 state(8080 > 40001) = FIN_WAIT_1, timer retransmit 0.2~0.3, rqueue 10, wqueue 1~2
+.5 silence
+0 counter(TCPAbortOnData) = 1
+0 counter(TcpInSegs) = 3~5
+0 signal(SIGPIPE) = 1
#=
+0 call state(4) = CLOSE_WAIT tail timer none
+0 call state = TIME_WAIT tail timer timewait=60 retransmits=0
+0 call state(8080:40001) = FIN_WAIT_1 tail timer retransmit=200000u:300000u rqueue=10 wqueue=1:2
+500000 call silence
+0 call counter(TCPAbortOnData) = 1
+0 call counter(TcpInSegs) = 3:5
+0 call signal(SIGPIPE) = 1

## processes and the device
+0 fork() = child
+0 child: close(4) = 0
+0 run("cat" " x") = server
+0 kill(server, SIGTERM) = 0
+0 wait(child) = SIGKILL
+0 child: exit(3)
+0 link = down
#=
+0 call fork() = child
+0 call by child close(4) = 0
+0 call run("cat x") = server
+0 call kill(server, SIGTERM) = 0
+0 call wait(child) = SIGKILL
+0 call by child exit(3)
+0 call link = down

## options, and what a value may be
--mtu=1280 --strict_segments --ip_version = ipv4,ipv6
--code_command="python3 -u"
--define=A=3
--define=B="text"
+0 a()
#=
option mtu = 1280
option strict_segments
option ip_version = ipv4,ipv6
option code_command = python3 -u
option define = A=3
option define = B="text"
+0 call a()

## directives keep the rest of their line
covers FW1-ACK-FIN C2  // which
rfc 9293 3.6
tag one two//three
sysctl net.ipv4.tcp_sack = 0
verdict holds
requires kernel >= 6.1
known something
tag
+0 sysctl() = 0
   tag behind
#=
covers FW1-ACK-FIN C2
rfc 9293 3.6
tag one two//three
sysctl net.ipv4.tcp_sack = 0
verdict holds
requires kernel >= 6.1
known something
tag 
tag behind
+0 call sysctl() = 0

## what a define stands for
--define=FD=3 --define=WORD=SOL_SOCKET --define=TEXT="a b" --define=HEX=0x1F --define=CMD=`ls -l` --define=NEG=-7
+0 a(FD, WORD, TEXT, HEX, NEG, "FD")
+0 b(FD) = FD
+0 CMD
#=
option define = FD=3
option define = WORD=SOL_SOCKET
option define = TEXT="a b"
option define = HEX=0x1F
option define = CMD=`ls -l`
option define = NEG=-7
+0 call a(3, SOL_SOCKET, "a b", 31, -7, "FD")
+0 call b(3) = 3
+0 command `ls -l`

## a number is the same number, written or defined
--define=ZEROS=010 --define=HUGE=99999999999999999999 --define=SECONDS=.25 --define=MINUTE=60
+0 a(010, ZEROS, -010, 0x010)
+SECONDS b()
+0~+SECONDS > F. 1:1(0) ack 1
SECONDS~MINUTE > F. 1:1(0) ack 1
+0...MINUTE c(0)
+0 > S 0:0(0) <exp-FO HUGE>
#=
option define = ZEROS=010
option define = HUGE=99999999999999999999
option define = SECONDS=.25
option define = MINUTE=60
+0 call a(10, 10, -10, 16)
+250000 call b()
+0~+250000 expect tcp flags F. seq 1:1 length 0 with ack=1
250000~60000000 expect tcp flags F. seq 1:1 length 0 with ack=1
+0 begin until 60000000u c(0)
+0 expect tcp flags S seq 0:0 length 0 options exp-FO(99999999999999999999)

## a time from a column of the table of cases
cases which until
      soon  .1
      late  75
+until close(-1) = -1 EBADF
#=
+100000 call close(-1) = -1 error EBADF

## a number from a column of the table of cases, behind a word
cases which bytes soon
      some  7     .1
+0 state = FIN_WAIT_1, wqueue bytes
+0 state = FIN_WAIT_1, timer retransmit soon, wqueue bytes
#=
+0 call state = FIN_WAIT_1 tail wqueue=7
+0 call state = FIN_WAIT_1 tail timer retransmit=100000u wqueue=7

## the first of two defines counts
--define=X=1
--define=X=2
+0 a(X)
#=
option define = X=1
option define = X=2
+0 call a(2)

## a define from outside wins
#$ -D X=5
--define=X=3
+0 a(X)
#=
option define = X=3
+0 call a(5)

## what is only there when a word is defined
#$ -D YES=1
--define=HERE=
#ifdef YES
+0 a()
#endif
#ifdef NO
+0 b() ( [ "
#endif
#ifdef HERE
+0 c()
#endif
#=
option define = HERE=
+0 call a()
+0 call c()

## a string in the place of an action
--define=ANSWER="> . 1:1(0) ack 1"
--define=CALL="close(4) = 0"
--define=NONE=""
+0 ANSWER
+.1 CALL
+.2 NONE
+.3 "  "
+1~+2 "maybe > R 1:1(0)"
#=
option define = ANSWER="> . 1:1(0) ack 1"
option define = CALL="close(4) = 0"
option define = NONE=""
+0 expect tcp flags . seq 1:1 length 0 with ack=1
+100000 call close(4) = 0
+1000000~+2000000 maybe expect tcp flags R seq 1:1 length 0

## a table of cases, its first row
cases name flags answer
      full S     "> S. 0:0(0) ack 1"   // the usual
      // a comment
      none F     ""

+0 < flags 0:0(0) win 1
+0 answer
#=
+0 inject tcp flags S seq 0:0 length 0 with win=1
+0 expect tcp flags S. seq 0:0 length 0 with ack=1

## its second row
#$ -r 1
cases name flags answer
      full S     "> S. 0:0(0) ack 1"
      none F     ""
+0 < flags 0:0(0) win 1
+0 answer
#=
+0 inject tcp flags F seq 0:0 length 0 with win=1

## a file is included where it is named, and what it names counts from itself
+0 a()
include "one.inc"
+0 d()
#> one.inc
tag inner
+0 b()
include "two.inc"
#> two.inc
+0 c()
#=
tag inner
+0 call a()
+0 call b()
+0 call c()
+0 call d()

## a define reaches into a file that is included, and out of it
--define=A=1
include "one.inc"
+0 a(A, B)
#> one.inc
--define=B=2
+0 b(A)
#=
option define = A=1
option define = B=2
+0 call b(1)
+0 call a(1, 2)

## an action at the very end of the text, without a newline
#$ -z
+0 close(3) = 0
#=
+0 call close(3) = 0

## a directive at the very end of the text
#$ -z
+0 close(3) = 0
tag
#=
tag 
+0 call close(3) = 0

## nothing at all
#=

## only comments
// nothing
/* and
   nothing */
#=

## a state that covers does not know
covers ALL-SYN[FW1,NOWHERE]
+0 `true`
#=
script.pkt:1:8: error: 'NOWHERE' is not a state that covers knows
    covers ALL-SYN[FW1,NOWHERE]
           ^~~~~~~~~~~~~~~~~~~~
  hint: it knows CL, LI, SS, SR, SX, EST, FW1, FW1o, FW2, FW2o, FW2t, CLG, CW, LA, TW, TWfd, fresh, bound, reset, done
