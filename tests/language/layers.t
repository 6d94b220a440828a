## headers around a packet
+0 > ipv4 192.0.2.1 > 192.168.0.1: . 1:1(0)
+0 < ipv6 (tos 0x10, ttl 9) fd3d::1 > fd3d::2: gre: mpls (label 5, tc 0, [S], ttl 9): . 1:1(0) win 1
+0 < ipv4 [ce] 1.2.3.4 > 5.6.7.8: gre flags [key present] key 7: udp (5)
#=
+0 expect tcp outer ipv4(192.0.2.1:192.168.0.1) flags . seq 1:1 length 0
+0 inject tcp outer ipv6((tos=16, ttl=9), fd3d::1:fd3d::2) gre() mpls((label=5, tc=0, [S], ttl=9)) flags . seq 1:1 length 0 with win=1
+0 inject udp outer ipv4([ce], 1.2.3.4:5.6.7.8) gre(flags, [key, present], key=7) flags udp length 5

## ... are compiled
#$ -c
+0 > ipv4 192.0.2.1 > 192.168.0.1: . 1:1(0)
+0 < ipv4 (tos 0x10, ttl 9) 1.2.3.4 > 5.6.7.8: gre: mpls (label 5, tc 0, ttl 9) (label 6, [S]): . 1:1(0) win 1
+0 < ipv4 [ce] 1.2.3.4 > 5.6.7.8: gre flags [key present] key 7: udp (5)
#=
3 steps

## ... and refused
#$ -c
+0 > ipv4: . 1:1(0)
+0 > ipv4 ::1 > ::2: . 1:1(0)
+0 > ipv4 1.2.3.4 > ::2: . 1:1(0)
+0 > ipv4 (tos 256) 1.2.3.4 > 5.6.7.8: . 1:1(0)
+0 > ipv4 (tso 5) 1.2.3.4 > 5.6.7.8: . 1:1(0)
+0 > ipv4 ([x]) 1.2.3.4 > 5.6.7.8: . 1:1(0)
+0 > ipv4 (1.2.3.4 > 5.6.7.8) 1.2.3.4 > 5.6.7.8: . 1:1(0)
+0 > gre: . 1:1(0)
+0 > ipv4 1.2.3.4 > 5.6.7.8: gre flags [fast]: . 1:1(0)
+0 > ipv4 1.2.3.4 > 5.6.7.8: gre key 4294967296: . 1:1(0)
+0 > ipv4 1.2.3.4 > 5.6.7.8: mpls (label 5): . 1:1(0)
+0 > ipv4 1.2.3.4 > 5.6.7.8: mpls 5: . 1:1(0)
+0 > ipv4 1.2.3.4 > 5.6.7.8: mpls (tc 0): . 1:1(0)
+0 > ipv4 1.2.3.4 > 5.6.7.8: mpls (label 1048576, [S]): . 1:1(0)
#=
script.pkt:1:6: error: this is written ipv4 SOURCE > DESTINATION:
    +0 > ipv4: . 1:1(0)
         ^~~~
script.pkt:2:11: error: this is written ipv4 SOURCE > DESTINATION:
    +0 > ipv4 ::1 > ::2: . 1:1(0)
              ^~~~~~~~~
script.pkt:3:11: error: this is written ipv4 SOURCE > DESTINATION:
    +0 > ipv4 1.2.3.4 > ::2: . 1:1(0)
              ^~~~~~~~~~~~~
script.pkt:4:16: error: tos 256 is out of range (0 to 255)
    +0 > ipv4 (tos 256) 1.2.3.4 > 5.6.7.8: . 1:1(0)
                   ^~~
script.pkt:5:12: error: unknown field 'tso' of the IP header
    +0 > ipv4 (tso 5) 1.2.3.4 > 5.6.7.8: . 1:1(0)
               ^~~
  hint: did you mean tos?
script.pkt:6:12: error: a field of the IP header is a word, perhaps with a number
    +0 > ipv4 ([x]) 1.2.3.4 > 5.6.7.8: . 1:1(0)
               ^~~
script.pkt:7:12: error: a field of the IP header is a word, perhaps with a number
    +0 > ipv4 (1.2.3.4 > 5.6.7.8) 1.2.3.4 > 5.6.7.8: . 1:1(0)
               ^~~~~~~~~~~~~~~~~
script.pkt:8:6: error: the headers around a packet begin with ipv4 or ipv6, and the last label of MPLS is marked [S]
    +0 > gre: . 1:1(0)
         ^~~
script.pkt:9:41: error: GRE's flags are none, checksum, key and sequence present
    +0 > ipv4 1.2.3.4 > 5.6.7.8: gre flags [fast]: . 1:1(0)
                                            ^~~~
script.pkt:10:38: error: key 4294967296 is out of range (0 to 4294967295)
    +0 > ipv4 1.2.3.4 > 5.6.7.8: gre key 4294967296: . 1:1(0)
                                         ^~~~~~~~~~
script.pkt:11:6: error: the headers around a packet begin with ipv4 or ipv6, and the last label of MPLS is marked [S]
    +0 > ipv4 1.2.3.4 > 5.6.7.8: mpls (label 5): . 1:1(0)
         ^~~~
script.pkt:12:35: error: syntax error at '5'
    +0 > ipv4 1.2.3.4 > 5.6.7.8: mpls 5: . 1:1(0)
                                      ^
script.pkt:13:35: error: this is written mpls (label N, tc N, [S], ttl N)
    +0 > ipv4 1.2.3.4 > 5.6.7.8: mpls (tc 0): . 1:1(0)
                                      ^~~~~~
script.pkt:14:42: error: label 1048576 is out of range (0 to 1048575)
    +0 > ipv4 1.2.3.4 > 5.6.7.8: mpls (label 1048576, [S]): . 1:1(0)
                                             ^~~~~~~
