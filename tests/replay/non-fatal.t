=== the recording as it is
--- PASS
PASS  non-fatal.pkt ipv4  (3 mismatches let pass)
  let pass  3 mismatches
            non-fatal.pkt:8: the kernel's segment is not the one wanted: option mss wanted mss 1461, seen mss 1460
            non-fatal.pkt:12: the kernel's segment is not the one wanted: window wanted 7, seen 64239
            non-fatal.pkt:13: shutdown returned 0, not -1 ENOTCONN (Transport endpoint is not connected)
=== a segment that differs in more than one field
/^packet 20/s/025010/035010/
--- PASS
PASS  non-fatal.pkt ipv4  (3 mismatches let pass)
  let pass  3 mismatches
            non-fatal.pkt:8: the kernel's segment is not the one wanted: option mss wanted mss 1461, seen mss 1460
            non-fatal.pkt:12: the kernel's segment is not the one wanted: ack wanted 2, seen 3 (1 more); window wanted 7, seen 64239
            non-fatal.pkt:13: shutdown returned 0, not -1 ENOTCONN (Transport endpoint is not connected)
=== what was let pass, and then a failure of another kind
/^packet.*# F\./d
--- FAIL
non-fatal.pkt:14:9: FAIL (ipv4): the kernel sent no segment
    +0      > F. 1:1(0) ack 2
            ^~~~~~~~~~~~~~~~~
  wanted    F. 1:1(0) ack 2
  seen      nothing until 2.4047 s
  fix       // it did not come: +0      > F. 1:1(0) ack 2
  let pass  3 mismatches
            non-fatal.pkt:8: the kernel's segment is not the one wanted: option mss wanted mss 1461, seen mss 1460
            non-fatal.pkt:12: the kernel's segment is not the one wanted: window wanted 7, seen 64239
            non-fatal.pkt:13: shutdown returned 0, not -1 ENOTCONN (Transport endpoint is not connected)
  events
     as recorded until 1.2007
     2.4047   <-- F. 1:1(0) ack 2  <== did not come
