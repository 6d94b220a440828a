=== the recording as it is
--- PASS
PASS  doors.pkt ipv4
=== nobody is ready
/^call select/s/= 1 0/= 0 0/
--- FAIL
doors.pkt:11:69: FAIL (ipv4): select returned 0, not 1
    +0    select(5, [{fd=4, isset=0}], [{fd=4, isset=1}], NULL, NULL) = 1
                                                                        ^
            result  wanted 1, seen 0
  fix       +0    select(5, [{fd=4, isset=0}], [{fd=4, isset=1}], NULL, NULL) = 0
  events
     as recorded until 0.0103
     0.0103   select(5, [{fd=4, isset=0}], [{fd=4, isset=1}], NULL, NULL) = 1 -> 0  <==
=== who reads is ready, too
/^call select/s/out0=128:..00/out0=128:/
--- FAIL
doors.pkt:11:25: FAIL (ipv4): select gave isset 1, not 0
    +0    select(5, [{fd=4, isset=0}], [{fd=4, isset=1}], NULL, NULL) = 1
                            ^~~~~~~
            isset  wanted 0, seen 1
  fix       +0    select(5, [{fd=4, isset=1}], [{fd=4, isset=1}], NULL, NULL) = 1
  events
     as recorded until 0.0103
     0.0103   select(5, [{fd=4, isset=0}], [{fd=4, isset=1}], NULL, NULL) = 1  <==
=== the peer has another port
/^call accept/s/9c41/9c42/
--- FAIL
doors.pkt:9:17: FAIL (ipv4): accept gave the address 192.0.2.1 port 40002, not 192.0.2.1 port 40001
    +0    accept(3, {sa_family=..., sin_port=htons(40001), sin_addr=...}, ...) = 4
                    ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
            the address  wanted 192.0.2.1 port 40001, seen 192.0.2.1 port 40002
  fix       +0    accept(3, {sa_family=AF_INET, sin_port=htons(40002), sin_addr=inet_addr("192.0.2.1")}, ...) = 4
  events
     as recorded until 0.0103
     0.0103   accept(3, {sa_family=..., sin_port=htons(40001), sin_addr=...}, ...) = 4  <==
=== the name is not written
/^call getsockname/s/out0=128:[0-9a-f]*/out0=128:/
--- FAIL
doors.pkt:10:22: FAIL (ipv4): getsockname did not write the address: wanted 192.168.0.2 port 8080
    +0    getsockname(4, {sa_family=..., sin_port=htons(8080), sin_addr=...}, ...) = 0
                         ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
            the address  wanted 192.168.0.2 port 8080, seen nothing
  events
     as recorded until 0.0103
     0.0103   getsockname(4, {sa_family=..., sin_port=htons(8080), sin_addr=...}, ...) = 0  <==
=== no descriptor came
/^call recvmsg/s/out1=8:1800/out1=8:0000/
--- FAIL
doors.pkt:15:57: FAIL (ipv4): recvmsg gave control messages 0, not 1
    +0    recvmsg(6, {msg_iov(1)=[{"x", 1}], msg_control(1)=[{cmsg_level=SOL_SOCKET, cmsg_type=SCM_RIGHTS, cmsg_data=[7]}], msg_flags=0}, 0) = 1
                                                            ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
            control messages  wanted 1, seen 0
  events
     as recorded until 0.0104
     0.0104   recvmsg(6, {msg_iov(1)=[{"x", 1}], msg_control(1)=[{cmsg_level=SOL_SOCKET, cmsg_type=SCM_RIGHTS, cmsg_data=[7]}], msg_flags=0}, 0) = 1  <==
=== the ring does not close
/^call io_uring_wait/s/out0=16:010000000000000000000000/out0=16:0100000000000000f7ffffff/
--- FAIL
doors.pkt:19:44: FAIL (ipv4): io_uring_wait_cqes gave res -9, not 0
    +0    io_uring_wait_cqes(8, [{user_data=1, res=0}], 1, NULL) = 1
                                               ^~~~~
            res  wanted 0, seen -9
  state     FIN_WAIT_1, timer retransmit 0.212 s, 1 byte to send, no descriptor
  fix       +0    io_uring_wait_cqes(8, [{user_data=1, res=-9}], 1, NULL) = 1
  events
     as recorded until 0.0105
     0.0106   io_uring_wait_cqes(8, [{user_data=1, res=0}], 1, NULL) = 1  <==
=== there is no io_uring
/^call io_uring_queue_init/s/= 16 0/= -1 38/
--- SKIP
SKIP  doors.pkt ipv4  a recording has no io_uring_queue_init: Function not implemented
0 passed, 0 failed, 1 skipped
status 77
