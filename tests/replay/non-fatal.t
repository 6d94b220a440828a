=== the recording as it is
--- PASS
PASS  non-fatal.pkt ipv4  (3 mismatches let pass)
1 passed, 0 failed, 0 skipped
status 0
=== a segment that differs in more than one field
/^packet 20/s/025010/035010/
--- PASS
PASS  non-fatal.pkt ipv4  (3 mismatches let pass)
1 passed, 0 failed, 0 skipped
status 0
=== what was let pass, and then a failure of another kind
/^packet.*# F\./d
--- FAIL
non-fatal.pkt:14:9: FAIL (ipv4): the kernel sent no segment
    +0      > F. 1:1(0) ack 2
            ^~~~~~~~~~~~~~~~~
  wanted    F. 1:1(0) ack 2
  seen      nothing until 2.2047 s
  warnings  3 mismatches were let pass before
            non-fatal.pkt:8: the kernel's segment is not the one wanted: option mss wanted mss 1461, seen mss 1460
            non-fatal.pkt:12: the kernel's segment is not the one wanted: window wanted 7, seen 64239
            non-fatal.pkt:13: shutdown returned 0, not -1 ENOTCONN (Transport endpoint is not connected)
  events
     0.0000   socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
     0.0001   bind(3, ..., ...) = 0
     0.0001   listen(3, 1) = 0
     0.0001   --> S 0:0(0) win 65535 <mss 1000>
     0.0002   <-- S. 0:0(0) ack 1 win 64240 <mss 1460>
     0.1003   --> . 1:1(0) ack 1 win 65535
     0.1003   accept(3, ..., ...) = 4
     0.2004   --> F. 1:1(0) ack 1 win 65535
     0.2006   <-- . 1:1(0) ack 2 win 64239
     1.2007   shutdown(4, SHUT_WR) = -1 ENOTCONN -> 0
     2.2047   <-- F. 1:1(0) ack 2  <== did not come
  again     tcpclose-run --replay=non-fatal.rec --ip_version=ipv4 non-fatal.pkt

0 passed, 1 failed, 0 skipped
status 1
