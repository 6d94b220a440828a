=== the recording as it is
--- PASS
PASS  wait.pkt ipv4
=== the same ACK again and again, while the script waits
s/^packet \(20[0-9]*\) \(.*\)/&\npacket 330000 \2\npacket 600000 \2/
--- FAIL
wait.pkt:13:9: FAIL (ipv4): the kernel sent a segment at 0.329686 s: no later line expects a segment
    +1      close(4) = 0
            ^~~~~~~~~~~~
  wanted    nothing
  seen      . 1:1(0) ack 2 win 64239    at 0.3297 s
  which is  a duplicate ACK without a cause that is known
  fix       +.12~+.15 > . 1:1(0) ack 2    (behind wait.pkt:12)
  events
     as recorded until 0.2038
     0.3297   <-- . 1:1(0) ack 2 win 64239  <== duplicate ACK without a cause that is known
