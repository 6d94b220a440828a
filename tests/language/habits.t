## signs of other languages
# a comment of the shell's
+0 close(4) = 0;
+0 setsockopt(3, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one)) = 0
+0 write(4, 'text', 4) = 4
+0 close($fd) = 0
+0 close(4) = 0 @
#=
script.pkt:1:1: error: '#' has no meaning here
    # a comment of the shell's
    ^
  hint: a comment begins with //
script.pkt:2:16: error: ';' has no meaning here
    +0 close(4) = 0;
                   ^
  hint: an event needs no sign at its end
script.pkt:3:44: error: '&' has no meaning here
    +0 setsockopt(3, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one)) = 0
                                               ^
  hint: write the value itself, and a number in brackets: [1]
script.pkt:4:13: error: ''' has no meaning here
    +0 write(4, 'text', 4) = 4
                ^
  hint: a string is written in double quotes
script.pkt:5:10: error: '$' has no meaning here
    +0 close($fd) = 0
             ^
  hint: a word that --define sets is written without a '$'
script.pkt:6:17: error: '@' has no meaning here
    +0 close(4) = 0 @
                    ^

## characters that look like others
+.1 < F. 1–1(0) ack 102 win 65535
+0 > F. 101:101(0) ack 1
+0 bind(3, …, …) = 0
+0 write(4, “text”, 4) = 4
+0 write(4, ..., 4) = −1 EPIPE
+0 → F. 1:1(0)
+0​ close(4) = 0
+0 close(4) = 0 ☃
#=
script.pkt:1:11: error: this is an en dash (U+2013)
    +.1 < F. 1–1(0) ack 102 win 65535
              ^
  hint: write - for a minus or a flag, and : between two numbers of a segment
script.pkt:2:3: error: this is a no-break space (U+00A0)
    +0 > F. 101:101(0) ack 1
      ^
  hint: write an ordinary space; a mail or a web page may have changed it
script.pkt:3:12: error: this is an ellipsis in one character (U+2026)
    +0 bind(3, …, …) = 0
               ^
  hint: write three dots: ...
script.pkt:4:13: error: this is a curved quotation mark (U+201C)
    +0 write(4, “text”, 4) = 4
                ^
  hint: write "; a mail or a word processor may have changed it
script.pkt:5:23: error: this is a minus sign, not the one of the keyboard (U+2212)
    +0 write(4, ..., 4) = −1 EPIPE
                          ^
  hint: write - for a minus or a flag, and : between two numbers of a segment
script.pkt:6:4: error: this is an arrow (U+2192)
    +0 → F. 1:1(0)
       ^
  hint: a segment that is injected begins with <, one that the kernel sends with >
script.pkt:7:3: error: this is a space without width (U+200B)
    +0​ close(4) = 0
      ^
  hint: delete it; it cannot be seen
script.pkt:8:17: error: the character U+2603 has no meaning here
    +0 close(4) = 0 ☃
                    ^

## a unit behind a time
+10ms close(4) = 0
+.5s close(4) = 0
+0 close(4) = 0, 5us
1500usec close(4) = 0
#=
script.pkt:1:2: error: a number has no unit here; times are in seconds
    +10ms close(4) = 0
     ^~~~
  hint: write 0.01
script.pkt:2:2: error: a number has no unit here; times are in seconds
    +.5s close(4) = 0
     ^~~
  hint: write 0.5
script.pkt:3:18: error: a number has no unit here; times are in seconds
    +0 close(4) = 0, 5us
                     ^~~
  hint: write 0.000005
script.pkt:4:1: error: a number has no unit here; times are in seconds
    1500usec close(4) = 0
    ^~~~~~~~
  hint: write 0.0015

## ... which a define may have as its name
--define=10ms=5
+0 close(10ms) = 0
#=
option define = 10ms=5
+0 call close(5) = 0

## flags and numbers as tcpdump and C have them
+0 > FIN,ACK 101:101(0) ack 1
+0 > SYN-ACK 0:0(0) ack 1
+0 > SYN|ACK 0:0(0) ack 1
+0 < Flags [F.], seq 1, ack 1, win 5
+0 > F. seq 1:1 ack 1
+0 > F. 1:1(0) ack=1
+0 > F. 1:1 ack 1
+0 > F. 1 ack 1
+0 > S 0:0(0) <mss=1460>
#=
script.pkt:1:9: error: syntax error at ',': expected number, ... or '*'
    +0 > FIN,ACK 101:101(0) ack 1
            ^
  hint: flags are letters, and ACK is a dot: F. is FIN and ACK, S. is SYN and ACK
script.pkt:2:9: error: syntax error at '-': expected number, ... or '*'
    +0 > SYN-ACK 0:0(0) ack 1
            ^
  hint: flags are letters, and ACK is a dot: F. is FIN and ACK, S. is SYN and ACK
script.pkt:3:9: error: syntax error at '|': expected number, ... or '*'
    +0 > SYN|ACK 0:0(0) ack 1
            ^
  hint: flags are letters, and ACK is a dot: F. is FIN and ACK, S. is SYN and ACK
script.pkt:4:12: error: syntax error at '[': expected number, ... or '*'
    +0 < Flags [F.], seq 1, ack 1, win 5
               ^
  hint: this looks like tcpdump; in a script it is written < F. 1:1(0) ack 1 win 65535
script.pkt:5:17: error: syntax error at 'ack': expected '('
    +0 > F. seq 1:1 ack 1
                    ^~~
  hint: the numbers of a segment stand behind its flags: F. 1:1(0)
script.pkt:6:19: error: syntax error at '=': expected number or '*'
    +0 > F. 1:1(0) ack=1
                      ^
  hint: a number stands behind its name: ack 1 win 65535
script.pkt:7:13: error: syntax error at 'ack': expected '('
    +0 > F. 1:1 ack 1
                ^~~
  hint: the length of a segment stands behind its numbers: 1:1(0)
script.pkt:8:11: error: syntax error at 'ack': expected ':'
    +0 > F. 1 ack 1
              ^~~
  hint: the numbers of a segment are written FIRST:END(LENGTH): 1:1(0)
script.pkt:9:19: error: syntax error at '=': expected '>' or ','
    +0 > S 0:0(0) <mss=1460>
                      ^
  hint: the numbers of an option stand behind their name: <mss 1460>

## ... in words
#$ -c
+0 > FIN 1:1(0)
+0 > SYNACK 0:0(0) ack 1
+0 > FIN_ACK 1:1(0) ack 1
+0 > ack 1:1(0) ack 1
+0 > X 1:1(0)
#=
script.pkt:1:6: error: 'I' is not a TCP flag
    +0 > FIN 1:1(0)
         ^~~
  hint: flags are letters, and ACK is a dot: F
script.pkt:2:6: error: 'Y' is not a TCP flag
    +0 > SYNACK 0:0(0) ack 1
         ^~~~~~
  hint: flags are letters, and ACK is a dot: S.
script.pkt:3:6: error: 'I' is not a TCP flag
    +0 > FIN_ACK 1:1(0) ack 1
         ^~~~~~~
  hint: flags are letters, and ACK is a dot: F.
script.pkt:4:6: error: 'a' is not a TCP flag
    +0 > ack 1:1(0) ack 1
         ^~~
  hint: flags are letters, and ACK is a dot: .
script.pkt:5:6: error: 'X' is not a TCP flag
    +0 > X 1:1(0)
         ^
  hint: the flags are F S R P . U E W A, and - for none

## calls and results
+0 bind(3, .., ..) = 0
+0 close(4) == 0
+0 write(4, ..., 4) = -EPIPE
+0,1 close(4) = 0
+0: close(4) = 0
+0 -> F. 1:1(0)
+0 <- F. 1:1(0)
#=
script.pkt:1:12: error: syntax error at '.'
    +0 bind(3, .., ..) = 0
               ^
  hint: something that does not matter is written with three dots: ...
script.pkt:2:14: error: syntax error at '=': expected word, number, number with a fraction or ...
    +0 close(4) == 0
                 ^
  hint: a result is written with one sign: close(4) = 0
script.pkt:3:23: error: syntax error at '-': expected word, number, number with a fraction or ...
    +0 write(4, ..., 4) = -EPIPE
                          ^
  hint: an error is written -1 and its name: = -1 EPIPE
script.pkt:4:3: error: syntax error at ','
    +0,1 close(4) = 0
      ^
  hint: a fraction is written with a point: +0.1
script.pkt:5:3: error: syntax error at ':'
    +0: close(4) = 0
      ^
  hint: nothing stands between the time and the action: +0 close(4) = 0
script.pkt:6:4: error: syntax error at '-'
    +0 -> F. 1:1(0)
       ^
  hint: a segment that is injected begins with <, one that the kernel sends with >
script.pkt:7:7: error: syntax error at 'F': expected number, ... or '*'
    +0 <- F. 1:1(0)
          ^
  hint: a segment that is injected begins with <, one that the kernel sends with >

## other dialects
+0 < [1:1461(1460)] icmp unreachable frag_needed mtu 1200
+0 < S 0:0(0) win 5 <mp_capable a b>
+0 < S 0:0(0) win 5 <mss 1460, mpcapable v1 flags[flag_h] nokey>
+0 > . 1:1(0) ack 1 <dss dack4>
#=
script.pkt:1:7: error: syntax error at '1': expected word
    +0 < [1:1461(1460)] icmp unreachable frag_needed mtu 1200
          ^
  hint: what an ICMP message quotes stands behind it: < icmp unreachable host_unreachable [1:1001(1000)]
script.pkt:2:22: error: tcpclose tests plain TCP, and does not do the options of MPTCP
    +0 < S 0:0(0) win 5 <mp_capable a b>
                         ^~~~~~~~~~
script.pkt:3:50: error: syntax error at '[': expected '>' or ','
    +0 < S 0:0(0) win 5 <mss 1460, mpcapable v1 flags[flag_h] nokey>
                                                     ^
  hint: tcpclose tests plain TCP, and does not do the options of MPTCP
script.pkt:4:22: error: tcpclose tests plain TCP, and does not do the options of MPTCP
    +0 > . 1:1(0) ack 1 <dss dack4>
                         ^~~

## ... and options that are not there
#$ -c
+0 > . 1:1(0) ack 1 <nop,nop,add_addr 1>
+0 > . 1:1(0) ack 1 <nop,nop,mp_prio>
#=
script.pkt:1:30: error: there is no TCP option 'add_addr'
    +0 > . 1:1(0) ack 1 <nop,nop,add_addr 1>
                                 ^~~~~~~~~~
  hint: tcpclose tests plain TCP, and does not do the options of MPTCP
script.pkt:2:30: error: there is no TCP option 'mp_prio'
    +0 > . 1:1(0) ack 1 <nop,nop,mp_prio>
                                 ^~~~~~~
  hint: tcpclose tests plain TCP, and does not do the options of MPTCP

## states as in the RFC
#$ -c
+0 state = FIN-WAIT-2
+0 state = TIME-WAIT
+0 state = SYN-RECEIVED
+0 state = CLOSE-WAIT, timer none
+0 state = LAST-ACK
+0 state = FIN_WAIT2
+0 state = ESTAB
#=
7 steps

## structures without names
#$ -c
+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0 setsockopt(3, SOL_SOCKET, SO_LINGER, [1, 0], 8) = 0
+0 setsockopt(3, SOL_SOCKET, SO_LINGER, {1, 5}, 8) = 0
+0 setsockopt(3, SOL_SOCKET, SO_LINGER, 5, 8) = 0
+0 setsockopt(3, SOL_SOCKET, SO_RCVTIMEO, [1, 0], 16) = 0
+0 setsockopt(3, SOL_SOCKET, SO_REUSEADDR, [1, 0], 4) = 0
#=
script.pkt:2:41: error: argument 4 of setsockopt must be [N], {name=value, ...} or a string
    +0 setsockopt(3, SOL_SOCKET, SO_LINGER, [1, 0], 8) = 0
                                            ^~~~~~
  hint: it is a struct linger, whose fields have names: {onoff=1, linger=0}
script.pkt:3:41: error: argument 4 of setsockopt must be [N], {name=value, ...} or a string
    +0 setsockopt(3, SOL_SOCKET, SO_LINGER, {1, 5}, 8) = 0
                                            ^~~~~~
  hint: it is a struct linger, whose fields have names: {onoff=1, linger=5}
script.pkt:4:41: error: argument 4 of setsockopt must be [N], {name=value, ...} or a string
    +0 setsockopt(3, SOL_SOCKET, SO_LINGER, 5, 8) = 0
                                            ^
  hint: it is a struct linger, whose fields have names: {onoff=N, linger=N}
script.pkt:5:43: error: argument 4 of setsockopt must be [N], {name=value, ...} or a string
    +0 setsockopt(3, SOL_SOCKET, SO_RCVTIMEO, [1, 0], 16) = 0
                                              ^~~~~~
  hint: it is a struct timeval, whose fields have names: {tv_sec=1, tv_usec=0}
script.pkt:6:44: error: argument 4 of setsockopt must be [N], {name=value, ...} or a string
    +0 setsockopt(3, SOL_SOCKET, SO_REUSEADDR, [1, 0], 4) = 0
                                               ^~~~~~

## C's names of fields
#$ -c
+0 socket(AF_INET, SOCK_STREAM, IPPROTO_TCP) = 3
+0 setsockopt(3, SOL_SOCKET, SO_LINGER, {l_onoff=1, l_linger=0}, 8) = 0
+0 bind(3, {sin_family=AF_INET, sin_port=htons(8080), sin_addr=inet_addr("192.168.0.2")}, ...) = 0
#=
3 steps

## sockets and fields of another family
#$ -c -4
+0 socket(AF_INET6, SOCK_STREAM, IPPROTO_TCP) = 3
+0 bind(3, ..., ...) = 0
+0 connect(3, ..., ...) = -1 EAFNOSUPPORT
+0 socket(AF_INET, SOCK_STREAM, IPPROTO_TCP) = 4
+0 bind(4, ..., ...) = 0
+0 > (flowlabel 1) F. 1:1(0) ack 1
+0 > (id 7) F. 1:1(0) ack 1
#=
script.pkt:2:12: error: ... is an address of AF_INET in this test (ipv4), but the socket is of AF_INET6
    +0 bind(3, ..., ...) = 0
               ^~~
  hint: socket(..., SOCK_STREAM, IPPROTO_TCP) has the family that is played; --ip_version=ipv6 plays the other
script.pkt:6:7: error: IPv4 has no flow label (RFC 791), and this test is ipv4
    +0 > (flowlabel 1) F. 1:1(0) ack 1
          ^~~~~~~~~~~
  hint: --ip_version=ipv6 above the first event plays the script in IPv6 only

## ... in IPv6
#$ -c -6
+0 socket(AF_INET, SOCK_STREAM, IPPROTO_TCP) = 3
+0 connect(3, ..., ...) = -1 EINPROGRESS
+0 connect(3, ..., ...) = 0
+0 > (flowlabel 1) F. 1:1(0) ack 1
+0 > (id 7) F. 1:1(0) ack 1
#=
script.pkt:3:15: error: ... is an address of AF_INET6 in this test (ipv6), but the socket is of AF_INET
    +0 connect(3, ..., ...) = 0
                  ^~~
  hint: socket(..., SOCK_STREAM, IPPROTO_TCP) has the family that is played; --ip_version=ipv4 plays the other
script.pkt:5:7: error: IPv6 has no identification in its header (RFC 8200), and this test is ipv6
    +0 > (id 7) F. 1:1(0) ack 1
          ^~~~
  hint: --ip_version=ipv4 above the first event plays the script in IPv4 only

## ... with addresses that are mapped
#$ -c -m
+0 socket(AF_INET, SOCK_STREAM, IPPROTO_TCP) = 3
+0 bind(3, ..., ...) = 0
+0 > (flowlabel 1) F. 1:1(0) ack 1
#=
script.pkt:2:12: error: ... is an address of AF_INET6 in this test (ipv4-mapped-ipv6), but the socket is of AF_INET
    +0 bind(3, ..., ...) = 0
               ^~~
  hint: socket(..., SOCK_STREAM, IPPROTO_TCP) has the family that is played; --ip_version=ipv4 plays the other
script.pkt:3:7: error: IPv4 has no flow label (RFC 791), and this test is ipv4-mapped-ipv6
    +0 > (flowlabel 1) F. 1:1(0) ack 1
          ^~~~~~~~~~~
  hint: --ip_version=ipv6 above the first event plays the script in IPv6 only

## more that is written otherwise
--ip_version ipv6
+0 int fd = socket(AF_INET, SOCK_STREAM, 0)
+0 socket(..., SOCK_STREAM, IPPROTO_TCP) -> 3
+0 > F. 1:1(0), ack 1
+0 close 4 = 0
+0 read(4, ..., 100) = "abc"
+0 < tcp F. 1:1(0) ack 1 win 5
+0 state FIN_WAIT_2
+0 counter TCPTimeouts = 0
+0 setsockopt(4, SOL_SOCKET, SO_LINGER, {onoff:1, linger:0}, 8) = 0
+0 setsockopt(4, SOL_SOCKET, SO_LINGER, {.l_onoff=1, .l_linger=0}, 8) = 0
+0 connect(3, ..., ...) = -1 [EINPROGRESS]
#=
script.pkt:1:14: error: syntax error at 'ipv6'
    --ip_version ipv6
                 ^~~~
  hint: an option and its value are one word: --ip_version=ipv6
script.pkt:2:8: error: syntax error at 'fd'
    +0 int fd = socket(AF_INET, SOCK_STREAM, 0)
           ^~
  hint: nothing is declared in a script: a descriptor is a number, as in socket(...) = 3
script.pkt:3:42: error: syntax error at '-'
    +0 socket(..., SOCK_STREAM, IPPROTO_TCP) -> 3
                                             ^
  hint: a result is written with one sign: close(4) = 0
script.pkt:4:15: error: syntax error at ','
    +0 > F. 1:1(0), ack 1
                  ^
  hint: no comma stands between the fields of a segment: F. 1:1(0) ack 1
script.pkt:5:12: error: syntax error at '='
    +0 close 4 = 0
               ^
  hint: arguments stand in parentheses: close(4) = 0
script.pkt:6:24: error: syntax error at '"abc"': expected word, number, number with a fraction or ...
    +0 read(4, ..., 100) = "abc"
                           ^~~~~
  hint: a result is a number; the text that is read stands in the call: read(4, "abc", 3) = 3
script.pkt:7:10: error: syntax error at 'F': expected number, ... or '*'
    +0 < tcp F. 1:1(0) ack 1 win 5
             ^
  hint: no word stands before a TCP segment: < F. 1:1(0) ack 1 win 65535
script.pkt:8:10: error: syntax error at 'FIN_WAIT_2'
    +0 state FIN_WAIT_2
             ^~~~~~~~~~
  hint: this is written state = FIN_WAIT_2
script.pkt:9:12: error: syntax error at 'TCPTimeouts'
    +0 counter TCPTimeouts = 0
               ^~~~~~~~~~~
  hint: this is written counter(NAME) = N
script.pkt:10:47: error: syntax error at ':': expected ',' or '}'
    +0 setsockopt(4, SOL_SOCKET, SO_LINGER, {onoff:1, linger:0}, 8) = 0
                                                  ^
  hint: a '=' stands between a field and its number: {onoff=1, linger=0}
script.pkt:11:42: error: syntax error at '.'
    +0 setsockopt(4, SOL_SOCKET, SO_LINGER, {.l_onoff=1, .l_linger=0}, 8) = 0
                                             ^
  hint: a field is written without a point: {onoff=1, linger=0}
script.pkt:12:30: error: syntax error at '['
    +0 connect(3, ..., ...) = -1 [EINPROGRESS]
                                 ^
  hint: an error is written -1 and its name: = -1 EPIPE

## calls that there are not
#$ -c
+0 sleep(1)
+0 usleep(1000) = 0
#=
script.pkt:1:4: error: unknown system call 'sleep'
    +0 sleep(1)
       ^~~~~
  hint: to wait, write the time before the next event: +1 close(4) = 0 comes a second later
script.pkt:2:4: error: unknown system call 'usleep'
    +0 usleep(1000) = 0
       ^~~~~~
  hint: to wait, write the time before the next event: +1 close(4) = 0 comes a second later
