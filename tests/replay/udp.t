=== the recording as it is
--- PASS
PASS  udp.pkt ipv4
=== a byte less is sent
/^packet .*# udp/s/ 38 38:45000026\(.\{40\}\)0012/ 37 37:45000025\10011/
--- FAIL
udp.pkt:6:14: FAIL (ipv4): the kernel's segment is not the one wanted
    +0    > udp (10)
                 ^~
  wanted    udp (10)
  seen      udp (9)    at 0.0003 s
            length      wanted 10, seen 9 (1 less)
            UDP length  wanted 18, seen 17 (1 less)
  fix       +0    > udp (9)
  events
     as recorded until 0.0003
     0.0003   <-- udp (9)  <==
=== nothing is sent
/^packet .*# udp/d
--- FAIL
udp.pkt:6:7: FAIL (ipv4): the kernel sent no segment
    +0    > udp (10)
          ^~~~~~~~~~
  wanted    udp (10)
  seen      nothing until 1.2043 s
  fix       // it did not come: +0    > udp (10)
  events
     as recorded until 0.0003
     1.2043   <-- udp (10)  <== did not come
=== ICMP says something else
/^packet .*# icmp/s/:\(.\{40\}\)0303/:\10301/
--- FAIL
udp.pkt:11:26: FAIL (ipv4): the kernel's segment is not the one wanted
    +0    > icmp unreachable port_unreachable
                             ^~~~~~~~~~~~~~~~
  wanted    icmp unreachable port_unreachable [0:0(0)]
  seen      icmp unreachable host_unreachable [udp (5)]    at 0.0209 s (+0.0003)
            ICMP code  wanted 3, seen 1
  events
     as recorded until 0.0206
     0.0209   <-- icmp unreachable host_unreachable [udp (5)]  <==
=== no ICMP
/^packet .*# icmp/d
--- FAIL
udp.pkt:11:7: FAIL (ipv4): the kernel sent no segment
    +0    > icmp unreachable port_unreachable
          ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
  wanted    icmp unreachable port_unreachable [0:0(0)]
  seen      nothing until 1.2246 s
  fix       // it did not come: +0    > icmp unreachable port_unreachable
  events
     as recorded until 0.0206
     1.2246   <-- icmp unreachable port_unreachable [0:0(0)]  <== did not come
