=== the recording as it is
--- PASS
PASS  command.pkt ipv4
=== the first command fails
1,/^command/s/^command "true" = 0/command "true" = 256/
--- FAIL
command.pkt:3:1: FAIL (ipv4): the command ended with status 1
    `true`
    ^~~~~~
=== a command in between fails
s/^command "test 1 = 1" = 0/command "test 1 = 1" = 768/
--- FAIL
command.pkt:4:7: FAIL (ipv4): the command ended with status 3
    +0    `test 1 = 1`
          ^~~~~~~~~~~~
  events
     0.0000   `test 1 = 1` -> status 3 at 0.0007 s  <==
=== a command is killed
s/^command "test 1 = 1" = 0/command "test 1 = 1" = 9/
--- FAIL
command.pkt:4:7: FAIL (ipv4): the command was killed by SIGKILL
    +0    `test 1 = 1`
          ^~~~~~~~~~~~
  events
     0.0000   `test 1 = 1` -> killed by SIGKILL at 0.0007 s  <==
=== there is no shell
s/^command "test 1 = 1" = 0/command "test 1 = 1" = failed "\/bin\/sh: No such file or directory"/
--- INVALID
command.pkt:4:7: INVALID (ipv4): /bin/sh: No such file or directory
    +0    `test 1 = 1`
          ^~~~~~~~~~~~
  harness   up to 0.0 ms late, 0.0 ms in the median
  events
     0.0000   `test 1 = 1` -> could not be started at 0.0007 s  <==
