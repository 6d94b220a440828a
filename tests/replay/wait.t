=== the recording as it is
--- PASS
PASS  wait.pkt ipv4
1 passed, 0 failed, 0 skipped
status 0
=== the same ACK again and again, while the script waits
s/^packet \(20[0-9]*\) \(.*\)/&\npacket 330000 \2\npacket 600000 \2/
--- FAIL
wait.pkt:13:9: FAIL (ipv4): the kernel sent a segment at 0.329686 s: no later line expects a segment
    +1      close(4) = 0
            ^~~~~~~~~~~~
  wanted    nothing
  seen      . 1:1(0) ack 2 win 64239    at 0.3297 s
  which is  a duplicate ACK without a cause that is known
  events
     0.0000   socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
     0.0000   bind(3, ..., ...) = 0
     0.0001   listen(3, 1) = 0
     0.0001   --> S 0:0(0) win 65535 <mss 1000>
     0.0001   <-- S. 0:0(0) ack 1 win 64240 <mss 1460>
     0.1002   --> . 1:1(0) ack 1 win 65535
     0.1003   accept(3, ..., ...) = 4
     0.2004   --> F. 1:1(0) ack 1 win 65535
     0.2038   <-- . 1:1(0) ack 2 win 64239
     0.3297   <-- . 1:1(0) ack 2 win 64239  <== duplicate ACK without a cause that is known
  again     tcpclose-run --replay=wait.rec --ip_version=ipv4 wait.pkt

0 passed, 1 failed, 0 skipped
status 1
