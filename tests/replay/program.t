=== the recording as it is
--- PASS
PASS  program.pkt ipv4
=== a recording of before, which has no ends
/^ended/d
--- PASS
PASS  program.pkt ipv4
=== the shell finds no such program
s/^ended \(.*\) 1 768/ended \1 1 32512/; s/"768"/"32512"/
--- FAIL
program.pkt:5:21: FAIL (ipv4): the process ended with status 127 (the shell found no such program)
    +.1   wait(short) = 3
                        ^
  fix       +.1   wait(short) = 127
  events
     as recorded until 0.0012
     0.0066   ended: run("exit 3") -> status 127 (the shell found no such program)
     0.1066   wait(short) = 3  <==
=== whole: a program crashes, of which only its status is recorded
/^ended/d; s/(ended)\/1" = "768"/(ended)\/1" = "139"/
--- FAIL
program.pkt:5:21: FAIL (ipv4): the process was killed by SIGSEGV
    +.1   wait(short) = 3
                        ^
  fix       +.1   wait(short) = SIGSEGV
  events
     0.0000   run("exit 3") = short
     0.0012   run("exec sleep 9") = long
     0.1066   wait(short) = 3  <==
     0.1066   ended: run("exit 3") -> killed by SIGSEGV
  again     tcpclose-run --replay=program.rec --ip_version=ipv4 program.pkt

0 passed, 1 failed, 0 skipped
status 1
=== a program ended well, and a call does not
s/^ended \(.*\) 1 768/ended \1 1 0/; s/^call socket.*/call socket(2,1,6) = -1 22 109084 109119/
--- FAIL
program.pkt:6:47: FAIL (ipv4): socket returned -1 EINVAL (Invalid argument), not 3
    +0    socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
                                                  ^
            result  wanted 3, seen -1 EINVAL (Invalid argument)
  fix       +0    socket(..., SOCK_STREAM, IPPROTO_TCP) = -1 EINVAL (Invalid argument)
  events
     as recorded until 0.0012
     0.0066   ended: run("exit 3") -> status 0
     0.1066   wait(short) = 3
     0.1067   socket(..., SOCK_STREAM, IPPROTO_TCP) = 3 -> -1 EINVAL (Invalid argument)  <==
=== the end is known late, and told once
s/^ended 162310 2 9/& seen 205000/
--- PASS
PASS  program.pkt ipv4
