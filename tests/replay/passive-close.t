=== the recording as it is
--- PASS
PASS  passive-close.pkt ipv4
=== data is acknowledged one byte short
/^packet .* ack 11 /s/:\(.\{56\}\)0000000b/:\10000000a/
--- FAIL
passive-close.pkt:15:18: FAIL (ipv4): the kernel's segment is not the one wanted
    +0    > . 1:1(0) ack 11
                     ^~~~~~
  wanted    . 1:1(0) ack 11
  seen      . 1:1(0) ack 10 win 63    at 0.0205 s
            ack  wanted 11, seen 10 (1 less)
  which is  an ACK of a part, up to 10 of 11
  state     ESTABLISHED, 10 bytes to read
  fix       +0    > . 1:1(0) ack 10
  events
     as recorded until 0.0205
     0.0205   <-- . 1:1(0) ack 10 win 63  <== ACK of a part, up to 10 of 11
=== data is not acknowledged
/^packet .* ack 11 /d
--- FAIL
passive-close.pkt:15:7: FAIL (ipv4): the kernel sent no segment
    +0    > . 1:1(0) ack 11
          ^~~~~~~~~~~~~~~~~
  wanted    . 1:1(0) ack 11
  seen      nothing until 1.2245 s
  state     ESTABLISHED, 10 bytes to read
  fix       // it did not come: +0    > . 1:1(0) ack 11
  events
     as recorded until 0.0205
     1.2245   <-- . 1:1(0) ack 11  <== did not come
=== SYN-ACK without an option that was offered
/^packet .*# S\. /s/01010402/01010101/
--- FAIL
passive-close.pkt:10:25: FAIL (ipv4): the kernel's segment is not the one wanted
    +0    > S. 0:0(0) ack 1 <mss 1460,nop,nop,sackOK,nop,wscale *>
                            ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
  wanted    S. 0:0(0) ack 1 <mss 1460,nop,nop,sackOK,nop,wscale *>
  seen      S. 0:0(0) ack 1 win 64240 <mss 1460,nop,nop,nop,nop,nop,wscale 10>    at 0.0002 s
            options  wanted <mss 1460,nop,nop,sackOK,nop,wscale 10>, seen <mss 1460,nop,nop,nop,nop,nop,wscale 10>
  fix       +0    > S. 0:0(0) ack 1 <mss 1460,nop,nop,nop,nop,nop,wscale *>
  events
     as recorded until 0.0001
     0.0002   <-- S. 0:0(0) ack 1 win 64240 <mss 1460,nop,nop,nop,nop,nop,wscale 10>  <==
=== SYN-ACK that offers less than the MSS
/^packet .*# S\. /s/020405b4/020405b0/
--- FAIL
passive-close.pkt:10:25: FAIL (ipv4): the kernel's segment is not the one wanted
    +0    > S. 0:0(0) ack 1 <mss 1460,nop,nop,sackOK,nop,wscale *>
                            ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
  wanted    S. 0:0(0) ack 1 <mss 1460,nop,nop,sackOK,nop,wscale *>
  seen      S. 0:0(0) ack 1 win 64240 <mss 1456,nop,nop,sackOK,nop,wscale 10>    at 0.0002 s
            option mss  wanted mss 1460, seen mss 1456
  fix       +0    > S. 0:0(0) ack 1 <mss 1456,nop,nop,sackOK,nop,wscale *>
  events
     as recorded until 0.0001
     0.0002   <-- S. 0:0(0) ack 1 win 64240 <mss 1456,nop,nop,sackOK,nop,wscale 10>  <==
=== SYN-ACK with two options exchanged
/^packet .*# S\. /s/020405b401010402/01010402020405b4/
--- FAIL
passive-close.pkt:10:25: FAIL (ipv4): the kernel's segment is not the one wanted
    +0    > S. 0:0(0) ack 1 <mss 1460,nop,nop,sackOK,nop,wscale *>
                            ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
  wanted    S. 0:0(0) ack 1 <mss 1460,nop,nop,sackOK,nop,wscale *>
  seen      S. 0:0(0) ack 1 win 64240 <nop,nop,sackOK,mss 1460,nop,wscale 10>    at 0.0002 s
            options  wanted <mss 1460,nop,nop,sackOK,nop,wscale 10>, seen <nop,nop,sackOK,mss 1460,nop,wscale 10>
  fix       +0    > S. 0:0(0) ack 1 <nop,nop,sackOK,mss 1460,nop,wscale *>
  events
     as recorded until 0.0001
     0.0002   <-- S. 0:0(0) ack 1 win 64240 <nop,nop,sackOK,mss 1460,nop,wscale 10>  <==
=== no SYN-ACK
/^packet .*# S\. /d
--- FAIL
passive-close.pkt:10:7: FAIL (ipv4): the kernel sent no segment
    +0    > S. 0:0(0) ack 1 <mss 1460,nop,nop,sackOK,nop,wscale *>
          ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
  wanted    S. 0:0(0) ack 1 <mss 1460,nop,nop,sackOK,nop,wscale *>
  seen      nothing until 1.2041 s
  fix       // it did not come: +0    > S. 0:0(0) ack 1 <mss 1460,nop,nop,sackOK,nop,wscale *>
  events
     as recorded until 0.0001
     1.2041   <-- S. 0:0(0) ack 1 <mss 1460,nop,nop,sackOK,nop,wscale *>  <== did not come
=== the peer's FIN is acknowledged too late
/^packet .* ack 12 .* 12 win/!s/^packet 7[0-9]* /packet 150000 /
--- FAIL
passive-close.pkt:18:1: FAIL (ipv4): the segment came at 0.150000 s, 0.069400 s too late: wanted from 0.030600 to 0.080600 s (tolerance 0.0040)
    +0~+.05 > . 1:1(0) ack 12
    ^~~~~~~
  wanted    . 1:1(0) ack 12
  seen      . 1:1(0) ack 12 win 63    at 0.1500 s (+0.0694)
  which is  a delayed ACK, 119 ms after the FIN
  state     CLOSE_WAIT, 11 bytes to read
  fix       +.11~+.14 > . 1:1(0) ack 12
  events
     as recorded until 0.0306
     0.1500   <-- . 1:1(0) ack 12 win 63  <== delayed ACK, 119 ms after the FIN  [69.4 ms late]
=== the peer's FIN does not change the state
s/ = CLOSE_WAIT none/ = ESTABLISHED none/
--- FAIL
passive-close.pkt:19:18: FAIL (ipv4): state is ESTABLISHED, not CLOSE_WAIT
    +0    state(4) = CLOSE_WAIT, timer none
                     ^~~~~~~~~~
            state  wanted CLOSE_WAIT, seen ESTABLISHED
  state     ESTABLISHED, 11 bytes to read
  fix       +0    state(4) = ESTABLISHED, timer none
  events
     as recorded until 0.0740
     0.0741   state(4) = CLOSE_WAIT, timer none -> ESTABLISHED, 11 bytes to read  <==
=== the peer's FIN starts a timer
s/ = CLOSE_WAIT none 0/ = CLOSE_WAIT keepalive 7200000000/
--- FAIL
passive-close.pkt:19:36: FAIL (ipv4): timer is keepalive, not none
    +0    state(4) = CLOSE_WAIT, timer none
                                       ^~~~
            timer  wanted none, seen keepalive
  state     CLOSE_WAIT, timer keepalive 7200.000 s, 11 bytes to read
  fix       +0    state(4) = CLOSE_WAIT, timer keepalive
  events
     as recorded until 0.0740
     0.0741   state(4) = CLOSE_WAIT, timer none -> CLOSE_WAIT, timer keepalive 7200.000 s, 11 bytes to read  <==
=== less is read than there is
/^call read/s/ = 10 0/ = 5 0/
--- FAIL
passive-close.pkt:20:27: FAIL (ipv4): read returned 5, not 10
    +0    read(4, ..., 100) = 10
                              ^~
            result  wanted 10, seen 5
  fix       +0    read(4, ..., 100) = 5
  events
     as recorded until 0.0741
     0.0742   read(4, ..., 100) = 10 -> 5  <==
=== reading at the end fails
/^call read/s/ = 0 0/ = -1 11/
--- FAIL
passive-close.pkt:21:27: FAIL (ipv4): read returned -1 EAGAIN (Resource temporarily unavailable), not 0
    +0    read(4, ..., 100) = 0
                              ^
            result  wanted 0, seen -1 EAGAIN (Resource temporarily unavailable)
  fix       +0    read(4, ..., 100) = -1 EAGAIN (Resource temporarily unavailable)
  events
     as recorded until 0.0742
     0.0742   read(4, ..., 100) = 0 -> -1 EAGAIN (Resource temporarily unavailable)  <==
=== close sends nothing
/^packet .*# F\. /d
--- FAIL
passive-close.pkt:23:7: FAIL (ipv4): the kernel sent no segment
    +0    > F. 1:1(0) ack 12
          ^~~~~~~~~~~~~~~~~~
  wanted    F. 1:1(0) ack 12
  seen      nothing until 1.3785 s
  state     LAST_ACK, timer retransmit 0.212 s, 1 byte to send, no descriptor
  fix       // it did not come: +0    > F. 1:1(0) ack 12
  events
     as recorded until 0.1744
     1.3785   <-- F. 1:1(0) ack 12  <== did not come
=== close sends RST
/^packet .*# F\. /s/:\(.\{66\}\)11/:\114/
--- FAIL
passive-close.pkt:23:9: FAIL (ipv4): the kernel's segment is not the one wanted
    +0    > F. 1:1(0) ack 12
            ^~
  wanted    F. 1:1(0) ack 12
  seen      R. 1:1(0) ack 12 win 63    at 0.1744 s
            flags  wanted F., seen R.
  which is  an abort by RST|ACK: probably a close with unread data, or with linger 0
  state     LAST_ACK, timer retransmit 0.212 s, 1 byte to send, no descriptor
  fix       +0    > R. 1:1(0) ack 12
  events
     as recorded until 0.1744
     0.1744   <-- R. 1:1(0) ack 12 win 63  <== abort by RST|ACK: probably a close with unread data, or with linger 0
=== close sends a bare ACK before the FIN
/^packet .*# F\. /{h;s/:\(.\{66\}\)11/:\110/p;g;}
--- FAIL
passive-close.pkt:23:9: FAIL (ipv4): the kernel's segment is not the one wanted
    +0    > F. 1:1(0) ack 12
            ^~
  wanted    F. 1:1(0) ack 12
  seen      . 1:1(0) ack 12 win 63    at 0.1744 s
            flags  wanted F., seen .
  which is  a duplicate ACK without a cause that is known
  state     LAST_ACK, timer retransmit 0.212 s, 1 byte to send, no descriptor
  fix       +0    > . 1:1(0) ack 12
  events
     as recorded until 0.1744
     0.1744   <-- . 1:1(0) ack 12 win 63  <== duplicate ACK without a cause that is known
=== close sends FIN with a payload that nobody wrote
/^packet .*# F\. /s/ 40 40:45000028\([0-9a-f]*\)/ 44 44:4500002c\161626364/
--- FAIL
passive-close.pkt:23:16: FAIL (ipv4): the kernel's segment is not the one wanted
    +0    > F. 1:1(0) ack 12
                   ^
  wanted    F. 1:1(0) ack 12
  seen      F. 1:5(4) ack 12 win 63 urg 24930    at 0.1744 s
            length  wanted 0, seen 4 (4 more)
            urgent  wanted 0, seen 24930
  which is  a FIN with data
  state     LAST_ACK, timer retransmit 0.212 s, 1 byte to send, no descriptor
  fix       +0    > F. 1:5(4) ack 12 urg 24930
  events
     as recorded until 0.1744
     0.1744   <-- F. 1:5(4) ack 12 win 63 urg 24930  <== FIN with data
=== close sends FIN with a wrong sequence number
/^packet .*# F\. /s/:\(.\{48\}\)\(......\)../:\1\200/
--- FAIL
passive-close.pkt:23:12: FAIL (ipv4): the kernel's segment is not the one wanted
    +0    > F. 1:1(0) ack 12
               ^~~
  wanted    F. 1:1(0) ack 12
  seen      F. 4294967209:4294967209(0) ack 12 win 63    at 0.1744 s
            seq  wanted 1, seen 4294967209 (88 less)
  which is  a spurious retransmission of 4294967209:4294967209, which is acknowledged
  state     LAST_ACK, timer retransmit 0.212 s, 1 byte to send, no descriptor
  fix       +0    > F. 4294967209:4294967209(0) ack 12
  events
     as recorded until 0.1744
     0.1744   <-- F. 4294967209:4294967209(0) ack 12 win 63  <== spurious retransmission of 4294967209:4294967209, which is acknowledged
=== FIN with a bad checksum
/^packet .*# F\. /s/  #/ bad checksum  #/
--- FAIL
passive-close.pkt:23:7: FAIL (ipv4): the kernel sent bytes that are not a segment: the checksum is wrong (IPv4, TCP, 192.168.0.2 > 192.0.2.1, 40 bytes: 45000028 1b564000 40069cce c0a80002 c0000201 1f909c41 f946f958 0000000c 5011003f 82c60000)
    +0    > F. 1:1(0) ack 12
          ^~~~~~~~~~~~~~~~~~
  state     LAST_ACK, timer retransmit 0.212 s, 1 byte to send, no descriptor
  events
     as recorded until 0.1744
=== FIN to another port
/^packet .*# F\. /s/:\(.\{44\}\)..../:\1ffff/
--- FAIL
passive-close.pkt:23:7: FAIL (ipv4): the kernel sent the segment on a connection that no line is about (8080 > 65535), but the line wants it on #1 (8080 > 40001)
    +0    > F. 1:1(0) ack 12
          ^~~~~~~~~~~~~~~~~~
  a line that begins with 8080 > 65535 is about that connection
  wanted    F. 1:1(0) ack 12
  seen      F. 4182178136:4182178136(0) ack 12 win 63    at 0.1744 s
  state     LAST_ACK, timer retransmit 0.212 s, 1 byte to send, no descriptor
  fix       +0    > 8080 > 65535 F. 1:1(0) ack 12
  events
     as recorded until 0.1744
     0.1744   <-- F. 4182178136:4182178136(0) ack 12 win 63  <==
=== bytes that are no segment
/^packet .*# F\. /s/ 40 40:45000028[0-9a-f]*/ 30 30:4500001e6ca640004006/
--- FAIL
passive-close.pkt:23:7: FAIL (ipv4): the kernel sent bytes that are not a segment: the TCP header is cut off (IPv4, TCP, 0.0.0.0 > 0.0.0.0, 30 bytes: 4500001e 6ca64000 40060000 00000000 00000000 00000000 00000000 0000)
    +0    > F. 1:1(0) ack 12
          ^~~~~~~~~~~~~~~~~~
  state     LAST_ACK, timer retransmit 0.212 s, 1 byte to send, no descriptor
  events
     as recorded until 0.1744
=== LAST_ACK never ends
s/ = CLOSED none/ = LAST_ACK retransmit/
--- FAIL
passive-close.pkt:26:15: FAIL (ipv4): state is LAST_ACK, not CLOSED
    +0    state = CLOSED
                  ^~~~~~
            state  wanted CLOSED, seen LAST_ACK
  state     LAST_ACK, timer retransmit 0.000 s, no descriptor
  fix       +0    state = LAST_ACK
  events
     as recorded until 0.1846
     0.1846   state = CLOSED -> LAST_ACK, timer retransmit 0.000 s  <==
=== RST after the last line
/^packet .*# F\. /h
$G
$s/\npacket [0-9]*\(.* 40:.\{66\}\)11/\npacket 185500\114/
--- FAIL
passive-close.pkt: FAIL (ipv4): the kernel sent a segment at 0.185500 s: no line expects it
  wanted    nothing
  seen      R. 1:1(0) ack 12 win 63    at 0.1855 s
  which is  a RST|ACK at 1, which is not within 2:2
  fix       +0    > R. 1:1(0) ack 12    (behind passive-close.pkt:27)
  events
     as recorded until 0.1847
     0.1855   <-- R. 1:1(0) ack 12 win 63  <== RST|ACK at 1, which is not within 2:2
=== FIN again after the last line, when nobody listens any more
/^packet .*# F\. /h
$G
$s/\npacket [0-9]*\(.*\)/\npacket 189000\1/
--- PASS
PASS  passive-close.pkt ipv4
=== a counter has counted
s/^counter TCPAbortOnData = 0/counter TCPAbortOnData = 3/
--- FAIL
passive-close.pkt:27:33: FAIL (ipv4): TCPAbortOnData is 3, not 0
    +0    counter(TCPAbortOnData) = 0
                                    ^
            TCPAbortOnData  wanted 0, seen 3
  fix       +0    counter(TCPAbortOnData) = 3
  events
     as recorded until 0.1846
     0.1847   counter(TCPAbortOnData) = 0 -> 3  <==
=== a counter that the kernel does not have
s/^counter TCPAbortOnData = 0/counter TCPAbortOnData = failed "this kernel has no counter TCPAbortOnData"/
--- INVALID
passive-close.pkt:27:7: INVALID (ipv4): this kernel has no counter TCPAbortOnData
    +0    counter(TCPAbortOnData) = 0
          ^~~~~~~~~~~~~~~~~~~~~~~~~~~
  harness   up to 0.2 ms late, 0.1 ms in the median
  events
     as recorded until 0.1846
=== the harness was late before the kernel was wrong
/^inject .*# P\. /s/ = [0-9]*/ = 60000/
/^packet .* ack 11 /s/^packet [0-9]*\(.* 40:.\{56\}\)0000000b/packet 60040\10000000a/
--- INVALID
passive-close.pkt:15:18: INVALID (ipv4): the kernel's segment is not the one wanted
    +0    > . 1:1(0) ack 11
                     ^~~~~~
  the harness was 39.6 ms late before this, more than the tolerance of 4.0 ms
  wanted    . 1:1(0) ack 11
  seen      . 1:1(0) ack 10 win 63    at 0.0600 s
            ack  wanted 11, seen 10 (1 less)
  which is  an ACK of a part, up to 10 of 11
  state     ESTABLISHED, 10 bytes to read
  harness   up to 39.6 ms late, 0.0 ms in the median
  events
     as recorded until 0.0104
     0.0600   --> P. 1:11(10) ack 1 win 257  [39.6 ms late]
     0.0600   <-- . 1:1(0) ack 10 win 63  <== ACK of a part, up to 10 of 11
=== the harness was late, and the kernel is right nevertheless
/^inject .*# P\. /s/ = [0-9]*/ = 60000/
/^packet .* ack 11 /s/^packet [0-9]*/packet 60040/
--- PASS
PASS  passive-close.pkt ipv4
=== the user stops the run
/^inject .*# F\. /i\
stopped 25000
--- INVALID
passive-close.pkt:17:7: INVALID (ipv4): stopped by a signal
    +.01  < F. 11:11(0) ack 1 win 257
          ^~~~~~~~~~~~~~~~~~~~~~~~~~~
  state     ESTABLISHED, 10 bytes to read
  harness   up to 0.1 ms late, 0.0 ms in the median
  events
     as recorded until 0.0205
=== the host breaks
/^inject .*# F\. /i\
broken 25000 "tun0 is gone"
--- INVALID
passive-close.pkt:17:7: INVALID (ipv4): tun0 is gone
    +.01  < F. 11:11(0) ack 1 win 257
          ^~~~~~~~~~~~~~~~~~~~~~~~~~~
  state     ESTABLISHED, 10 bytes to read
  harness   up to 0.1 ms late, 0.0 ms in the median
  events
     as recorded until 0.0205
=== a packet cannot be sent
/^inject .*# F\. /s/ = .*/ = failed "the kernel does not accept the packet: tun0 is down"/
--- INVALID
passive-close.pkt:17:7: INVALID (ipv4): the kernel does not accept the packet: tun0 is down
    +.01  < F. 11:11(0) ack 1 win 257
          ^~~~~~~~~~~~~~~~~~~~~~~~~~~
  state     CLOSE_WAIT, 11 bytes to read
  harness   up to 0.1 ms late, 0.0 ms in the median
  events
     as recorded until 0.0205
=== another script's recording
s/^call listen(11,1)/call listen(11,2)/
--- INVALID
passive-close.pkt:8:7: INVALID (ipv4): recording line 7: call listen(11,2), but the harness asks call listen(11,1)
    +0    listen(3, 1) = 0
          ^~~~~~~~~~~~~~~~
  harness   up to 0.1 ms late, 0.0 ms in the median
  events
     as recorded until 0.0001
=== half of a recording
/^inject .*# F\. /,$d
--- INVALID
passive-close.pkt:17:7: INVALID (ipv4): recording line 15: the end, but the harness asks inject F. 11:11(0) ack 4182178136 win 257
    +.01  < F. 11:11(0) ack 1 win 257
          ^~~~~~~~~~~~~~~~~~~~~~~~~~~
  harness   up to 0.1 ms late, 0.0 ms in the median
  events
     as recorded until 0.0205
=== no recording
1d
--- INVALID
passive-close.pkt: INVALID (ipv4): recording line 1: this is not a recording: 'tcpclose-recording' is missing
  harness   up to 0.0 ms late, 0.0 ms in the median
=== a recording of another world
s/tcp_sack "1"/tcp_sack "0"/
--- INVALID
passive-close.pkt: INVALID (ipv4): the recording is of another world: it has 'sysctl net.ipv4.tcp_sack "0"' where the script and its options have 'sysctl net.ipv4.tcp_sack "1"'
  harness   up to 0.0 ms late, 0.0 ms in the median
