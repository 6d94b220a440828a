=== the recording as it is
--- PASS
PASS  tentative.pkt ipv4
=== neither alternative: the nearer one is told
/^packet.*S\. /s/020405b4/020405b5/
--- FAIL
tentative.pkt:12:56: FAIL (ipv4): the kernel's segment is none of those wanted
    +0      > S. 7:7(0) ack 1 <mss 1> or > S. 0:0(0) ack 1 <mss 1460,nop,nop,TS val 100 ecr 1>
                                                           ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
  wanted    S. 0:0(0) ack 1 <mss 1460,nop,nop,TS val 100 ecr 1>
  seen      S. 0:0(0) ack 1 win 65160 <mss 1461,nop,nop,TS val 100 ecr 1>    at 0.1142 s
            option mss  wanted mss 1460, seen mss 1461
  fix       +0      > S. 7:7(0) ack 1 <mss 1> or > S. 0:0(0) ack 1 <mss 1461,nop,nop,TS val 100 ecr 1>
  events
     as recorded until 0.1142
     0.1142   <-- S. 0:0(0) ack 1 win 65160 <mss 1461,nop,nop,TS val 100 ecr 1>  <==
