=== the recording as it is
--- PASS
PASS  timestamps.pkt ipv4
=== an echo of what was not sent last
/^packet 10/s/00000136/0000012c/
--- FAIL
timestamps.pkt:12:25: FAIL (ipv4): the kernel's segment is not the one wanted
    +0    > . 1:1(0) ack 11 <nop,nop,TS val 200 ecr 310>
                            ^~~~~~~~~~~~~~~~~~~~~~~~~~~~
  wanted    . 1:1(0) ack 11 <nop,nop,TS val 200 ecr 310>
  seen      . 1:1(0) ack 11 win 64 <nop,nop,TS val 201 ecr 300>    at 0.1006 s
            option TS ecr  wanted 310, seen 300 (10 less)
  events
     as recorded until 0.0001
     0.0001   <-- S. 0:0(0) ack 1 win 65160 <mss 1460,sackOK,TS val 100 ecr 200,nop,wscale 10>
     0.1004   --> . 1:1(0) ack 1 win 257 <nop,nop,TS val 300 ecr 100>
     0.1005   accept(3, ..., ...) = 4
     0.1005   --> P. 1:11(10) ack 1 win 257 <nop,nop,TS val 310 ecr 100>
     0.1006   <-- . 1:1(0) ack 11 win 64 <nop,nop,TS val 201 ecr 300>  <==
=== an old timestamp is taken
/^packet 20/s/00000136/000000fa/
--- FAIL
timestamps.pkt:14:25: FAIL (ipv4): the kernel's segment is not the one wanted
    +0    > . 1:1(0) ack 11 <nop,nop,TS val 300 ecr 310>
                            ^~~~~~~~~~~~~~~~~~~~~~~~~~~~
  wanted    . 1:1(0) ack 11 <nop,nop,TS val 300 ecr 310>
  seen      . 1:1(0) ack 11 win 64 <nop,nop,TS val 301 ecr 250>    at 0.2009 s
            option TS ecr  wanted 310, seen 250 (60 less)
  which is  a duplicate ACK to an old timestamp
  events
     as recorded until 0.0001
     0.0001   <-- S. 0:0(0) ack 1 win 65160 <mss 1460,sackOK,TS val 100 ecr 200,nop,wscale 10>
     0.1004   --> . 1:1(0) ack 1 win 257 <nop,nop,TS val 300 ecr 100>
     0.1005   accept(3, ..., ...) = 4
     0.1005   --> P. 1:11(10) ack 1 win 257 <nop,nop,TS val 310 ecr 100>
     0.1006   <-- . 1:1(0) ack 11 win 64 <nop,nop,TS val 201 ecr 310>
     0.2008   --> P. 11:21(10) ack 1 win 257 <nop,nop,TS val 250 ecr 200>
     0.2009   <-- . 1:1(0) ack 11 win 64 <nop,nop,TS val 301 ecr 250>  <== duplicate ACK to an old timestamp
=== the clock of the timestamps runs fast
/^packet 20/s/e4d8f6fb/e4d8f8fb/
--- FAIL
timestamps.pkt:14:25: FAIL (ipv4): the kernel's segment is not the one wanted
    +0    > . 1:1(0) ack 11 <nop,nop,TS val 300 ecr 310>
                            ^~~~~~~~~~~~~~~~~~~~~~~~~~~~
  wanted    . 1:1(0) ack 11 <nop,nop,TS val 300 ecr 310>
  seen      . 1:1(0) ack 11 win 64 <nop,nop,TS val 813 ecr 310>    at 0.2009 s
            option TS val  wanted 300, seen 813 (513 more)
  which is  a duplicate ACK to an old timestamp
  events
     as recorded until 0.0001
     0.0001   <-- S. 0:0(0) ack 1 win 65160 <mss 1460,sackOK,TS val 100 ecr 200,nop,wscale 10>
     0.1004   --> . 1:1(0) ack 1 win 257 <nop,nop,TS val 300 ecr 100>
     0.1005   accept(3, ..., ...) = 4
     0.1005   --> P. 1:11(10) ack 1 win 257 <nop,nop,TS val 310 ecr 100>
     0.1006   <-- . 1:1(0) ack 11 win 64 <nop,nop,TS val 201 ecr 310>
     0.2008   --> P. 11:21(10) ack 1 win 257 <nop,nop,TS val 250 ecr 200>
     0.2009   <-- . 1:1(0) ack 11 win 64 <nop,nop,TS val 813 ecr 310>  <== duplicate ACK to an old timestamp
=== no timestamp
/^packet 10/s/0101080ae4d8f69700000136/010101010101010101010101/
--- FAIL
timestamps.pkt:12:25: FAIL (ipv4): the kernel's segment is not the one wanted
    +0    > . 1:1(0) ack 11 <nop,nop,TS val 200 ecr 310>
                            ^~~~~~~~~~~~~~~~~~~~~~~~~~~~
  wanted    . 1:1(0) ack 11 <nop,nop,TS val 200 ecr 310>
  seen      . 1:1(0) ack 11 win 64 <nop,nop,nop,nop,nop,nop,nop,nop,nop,nop,nop,nop>    at 0.1006 s
            options  wanted <nop,nop,TS val 200 ecr 310>, seen <nop,nop,nop,nop,nop,nop,nop,nop,nop,nop,nop,nop>
  fix       +0    > . 1:1(0) ack 11 <nop,nop,nop,nop,nop,nop,nop,nop,nop,nop,nop,nop>
  events
     as recorded until 0.0001
     0.0001   <-- S. 0:0(0) ack 1 win 65160 <mss 1460,sackOK,TS val 100 ecr 200,nop,wscale 10>
     0.1004   --> . 1:1(0) ack 1 win 257 <nop,nop,TS val 300 ecr 100>
     0.1005   accept(3, ..., ...) = 4
     0.1005   --> P. 1:11(10) ack 1 win 257 <nop,nop,TS val 310 ecr 100>
     0.1006   <-- . 1:1(0) ack 11 win 64 <nop,nop,nop,nop,nop,nop,nop,nop,nop,nop,nop,nop>  <==
=== no timestamp on the RST
/^packet 30/s/ 52 52:45000034\(.\{56\}\)80\(..............\)[0-9a-f]*/ 40 40:45000028\150\2/
--- FAIL
timestamps.pkt:17:26: FAIL (ipv4): the kernel's segment is not the one wanted
    +0    > R. 1:1(0) ack 11 <nop,nop,TS val 400 ecr 310>
                             ^~~~~~~~~~~~~~~~~~~~~~~~~~~~
  wanted    R. 1:1(0) ack 11 <nop,nop,TS val 400 ecr 310>
  seen      R. 1:1(0) ack 11 win 64    at 0.3014 s
            options  wanted <nop,nop,TS val 400 ecr 310>, seen none
  which is  an abort by RST|ACK: probably a close with unread data, or with linger 0
  fix       +0    > R. 1:1(0) ack 11
  events
     as recorded until 0.0001
     0.0001   <-- S. 0:0(0) ack 1 win 65160 <mss 1460,sackOK,TS val 100 ecr 200,nop,wscale 10>
     0.1004   --> . 1:1(0) ack 1 win 257 <nop,nop,TS val 300 ecr 100>
     0.1005   accept(3, ..., ...) = 4
     0.1005   --> P. 1:11(10) ack 1 win 257 <nop,nop,TS val 310 ecr 100>
     0.1006   <-- . 1:1(0) ack 11 win 64 <nop,nop,TS val 201 ecr 310>
     0.2008   --> P. 11:21(10) ack 1 win 257 <nop,nop,TS val 250 ecr 200>
     0.2009   <-- . 1:1(0) ack 11 win 64 <nop,nop,TS val 301 ecr 310>  (duplicate ACK to an old timestamp)
     0.2009   counter(PAWSEstab) = 1
     0.3013   close(4) = 0
     0.3014   <-- R. 1:1(0) ack 11 win 64  <== abort by RST|ACK: probably a close with unread data, or with linger 0
