=== the recording as it is
--- PASS
PASS  blocked-late.pkt ipv4
=== the harness is 64 ms late with the data, and so with what comes behind it
/^inject 50:/s/= 40997/= 104997/
/^packet 41042/s/41042/105042/
/^inject .*R\. 11/s/= 71098/= 135098/
/^finished 1/s/71157/135157/
--- PASS
PASS  blocked-late.pkt ipv4
=== the harness is late, and the call does not return when it should, either
/^inject 50:/s/= 40997/= 104997/
/^packet 41042/s/41042/105042/
/^inject .*R\. 11/s/= 71098/= 135098/
/^finished 1/d
--- FAIL
blocked-late.pkt:11:8: FAIL (ipv4): recv has not returned: wanted at 0.070298 s
    +.01...0.06 recv(4, ..., 100, MSG_WAITALL) = 10
           ^~~~
  harness   up to 64.1 ms late, 0.1 ms in the median
  events
     as recorded until 0.0103
     0.0205   begun: recv(4, ..., 100, MSG_WAITALL)  <== has not returned
     0.1047   --> P. 1:11(10) ack 1 win 32792  [64.1 ms late]
     0.1048   <-- . 1:1(0) ack 11 win 64230
     0.1348   --> R. 11:11(0) ack 1 win 32792
=== recv returns late
/^finished 1/s/71157/81157/
--- FAIL
blocked-late.pkt:11:8: FAIL (ipv4): recv returned at 0.080890 s, 0.010592 s too late: wanted at 0.070298 s (tolerance 0.0063)
    +.01...0.06 recv(4, ..., 100, MSG_WAITALL) = 10
           ^~~~
  fix       +.01...0.07 recv(4, ..., 100, MSG_WAITALL) = 10
  events
     as recorded until 0.0708
     0.0809   returned: recv(4, ..., 100, MSG_WAITALL) = 10  <==  [10.6 ms late]
