=== the recording as it is
--- PASS
PASS  ipv6.pkt ipv6
=== the flow label changes
/^packet .*# F\. /s/620ee52b/62000009/
--- FAIL
ipv6.pkt:14:28: FAIL (ipv6): the flow label has changed
    +0    > (tos 0x20, ttl 17, flowlabel 0x1) F. 1:1(0) ack 1
                               ^~~~~~~~~~~~~
  wanted    F. 1:1(0) ack 1
  seen      F. 1:1(0) ack 1 win 64800    at 0.0104 s
  events
     as recorded until 0.0104
     0.0104   <-- F. 1:1(0) ack 1 win 64800  <==
  again     tcpclose-run --replay=ipv6.rec --ip_version=ipv6 ipv6.pkt
=== no flow label
/^packet .*# F\. /s/620ee52b/62000000/
--- FAIL
ipv6.pkt:14:28: FAIL (ipv6): the packet has no flow label
    +0    > (tos 0x20, ttl 17, flowlabel 0x1) F. 1:1(0) ack 1
                               ^~~~~~~~~~~~~
  wanted    F. 1:1(0) ack 1
  seen      F. 1:1(0) ack 1 win 64800    at 0.0104 s
  events
     as recorded until 0.0104
     0.0104   <-- F. 1:1(0) ack 1 win 64800  <==
  again     tcpclose-run --replay=ipv6.rec --ip_version=ipv6 ipv6.pkt
=== the hop limit is not what was set
/^packet .*# F\. /s/:\(.\{12\}\)0611/:\10640/
--- FAIL
ipv6.pkt:14:20: FAIL (ipv6): the kernel's segment is not the one wanted
    +0    > (tos 0x20, ttl 17, flowlabel 0x1) F. 1:1(0) ack 1
                       ^~~~~~
  wanted    F. 1:1(0) ack 1
  seen      F. 1:1(0) ack 1 win 64800    at 0.0104 s
            TTL  wanted 17, seen 64
  fix       +0    > (tos 0x20, ttl 64, flowlabel 0x1) F. 1:1(0) ack 1
  events
     as recorded until 0.0104
     0.0104   <-- F. 1:1(0) ack 1 win 64800  <==
  again     tcpclose-run --replay=ipv6.rec --ip_version=ipv6 ipv6.pkt
=== the traffic class is not what was set
/^packet .*# F\. /s/:620/:600/
--- FAIL
ipv6.pkt:14:10: FAIL (ipv6): the kernel's segment is not the one wanted
    +0    > (tos 0x20, ttl 17, flowlabel 0x1) F. 1:1(0) ack 1
             ^~~~~~~~
  wanted    F. 1:1(0) ack 1
  seen      F. 1:1(0) ack 1 win 64800    at 0.0104 s
            TOS  wanted 0x20, seen 0x00
  fix       +0    > (tos 0x00, ttl 17, flowlabel 0x1) F. 1:1(0) ack 1
  events
     as recorded until 0.0104
     0.0104   <-- F. 1:1(0) ack 1 win 64800  <==
  again     tcpclose-run --replay=ipv6.rec --ip_version=ipv6 ipv6.pkt
=== the simultaneous close ends in FIN_WAIT_2
s/ = CLOSING retransmit [0-9]*/ = FIN_WAIT_2 timewait 60000000/
--- FAIL
ipv6.pkt:17:15: FAIL (ipv6): state is FIN_WAIT_2, not CLOSING
    +0    state = CLOSING, timer retransmit
                  ^~~~~~~
            state  wanted CLOSING, seen FIN_WAIT_2
            timer  wanted retransmit, seen timewait
  state     FIN_WAIT_2, timer timewait 60.000 s, 1 byte to read, 1 byte to send, no descriptor
  fix       +0    state = FIN_WAIT_2, timer timewait
  events
     as recorded until 0.0206
     0.0206   state = CLOSING, timer retransmit -> FIN_WAIT_2, timer timewait 60.000 s, 1 byte to read, 1 byte to send  <==
  again     tcpclose-run --replay=ipv6.rec --ip_version=ipv6 ipv6.pkt
