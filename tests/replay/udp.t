=== the recording as it is
--- PASS
PASS  udp.pkt ipv4
1 passed, 0 failed, 0 skipped
status 0
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
  events
     0.0000   socket(..., SOCK_DGRAM, IPPROTO_UDP) = 3
     0.0001   bind(3, ..., ...) = 0
     0.0002   connect(3, ..., ...) = 0
     0.0003   write(3, ..., 10) = 10
     0.0003   <-- udp (9)  <==
  again     tcpclose-run --replay=udp.rec --ip_version=ipv4 udp.pkt

0 passed, 1 failed, 0 skipped
status 1
=== nothing is sent
/^packet .*# udp/d
--- FAIL
udp.pkt:6:7: FAIL (ipv4): the kernel sent no segment
    +0    > udp (10)
          ^~~~~~~~~~
  wanted    udp (10)
  seen      nothing until 1.0043 s
  events
     0.0000   socket(..., SOCK_DGRAM, IPPROTO_UDP) = 3
     0.0001   bind(3, ..., ...) = 0
     0.0002   connect(3, ..., ...) = 0
     0.0003   write(3, ..., 10) = 10
     1.0043   <-- udp (10)  <== did not come
  again     tcpclose-run --replay=udp.rec --ip_version=ipv4 udp.pkt

0 passed, 1 failed, 0 skipped
status 1
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
     0.0000   socket(..., SOCK_DGRAM, IPPROTO_UDP) = 3
     0.0001   bind(3, ..., ...) = 0
     0.0002   connect(3, ..., ...) = 0
     0.0003   write(3, ..., 10) = 10
     0.0003   <-- udp (10)
     0.0104   --> udp (20)
     0.0105   read(3, ..., 100) = 20
     0.0105   close(3) = 0
     0.0206   --> udp (5)
     0.0209   <-- icmp unreachable host_unreachable [udp (5)]  <==
  again     tcpclose-run --replay=udp.rec --ip_version=ipv4 udp.pkt

0 passed, 1 failed, 0 skipped
status 1
=== no ICMP
/^packet .*# icmp/d
--- FAIL
udp.pkt:11:7: FAIL (ipv4): the kernel sent no segment
    +0    > icmp unreachable port_unreachable
          ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
  wanted    icmp unreachable port_unreachable [0:0(0)]
  seen      nothing until 1.0246 s
  events
     0.0000   socket(..., SOCK_DGRAM, IPPROTO_UDP) = 3
     0.0001   bind(3, ..., ...) = 0
     0.0002   connect(3, ..., ...) = 0
     0.0003   write(3, ..., 10) = 10
     0.0003   <-- udp (10)
     0.0104   --> udp (20)
     0.0105   read(3, ..., 100) = 20
     0.0105   close(3) = 0
     0.0206   --> udp (5)
     1.0246   <-- icmp unreachable port_unreachable [0:0(0)]  <== did not come
  again     tcpclose-run --replay=udp.rec --ip_version=ipv4 udp.pkt

0 passed, 1 failed, 0 skipped
status 1
