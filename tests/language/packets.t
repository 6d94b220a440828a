## every flag, alone and together
+0 > F 0:0(0)
+0 > S 0:0(0)
+0 > R 0:0(0)
+0 > P 0:0(0)
+0 > . 0:0(0)
+0 > U 0:0(0)
+0 > - 0:0(0)
+0 > FSRPUEWA. 0:0(0)
+0 > SEWA 0:0(0)
+0 > .5 0:0(0)
+0 > P.5 0:0(0)
+0 > S. 0:0(0)
#=
+0 expect tcp flags F seq 0:0 length 0
+0 expect tcp flags S seq 0:0 length 0
+0 expect tcp flags R seq 0:0 length 0
+0 expect tcp flags P seq 0:0 length 0
+0 expect tcp flags . seq 0:0 length 0
+0 expect tcp flags U seq 0:0 length 0
+0 expect tcp flags - seq 0:0 length 0
+0 expect tcp flags FSRPUEWA. seq 0:0 length 0
+0 expect tcp flags SEWA seq 0:0 length 0
+0 expect tcp flags .5 seq 0:0 length 0
+0 expect tcp flags P.5 seq 0:0 length 0
+0 expect tcp flags S. seq 0:0 length 0

## sequence numbers, lengths and fields
+0 > . 1:1001(1000) ack 1 win 65535 urg 5
+0 > . *(1000) ack * win * urg *
+0 > . ...(1000)
+0 > . 1:1(*)
+0 > P. 4294967295:100(101)
+0 < R 1:1(0)! ack 5
#=
+0 expect tcp flags . seq 1:1001 length 1000 with ack=1 win=65535 urg=5
+0 expect tcp flags . seq * length 1000 with ack=* win=* urg=*
+0 expect tcp flags . seq * length 1000
+0 expect tcp flags . seq 1:1 length *
+0 expect tcp flags P. seq 4294967295:100 length 101
+0 inject tcp flags R seq 1:1 length 0 with ack=5

## numbers that are left open, and data to its end
+0 < F. *(0) ack * win 5
+0 > FP. 1:1(...) ack 1
+0 > . ...(...)
#=
+0 inject tcp flags F. seq * length 0 with ack=* win=5
+0 expect tcp flags FP. seq 1:1 length ... with ack=1
+0 expect tcp flags . seq * length ...

## ports and the IP header
+0 < 5001 > 8080 S 0:0(0) win 1
+0 > 8080 > 5001 S. 0:0(0) ack 1
+0 < (ttl 3, ce) . 1:1(0) win 1
+0 > [noecn] . 1:1(0)
+0 > (tos 0x10, id 7, flowlabel 0x1) 1 > 2 . 1:1(0)
+0 > [ecn ect0, dscp af11] . 1:1(0)
+0 > [dscp 10] . 1:1(0)
+0 > (hlim *) . 1:1(0)
#=
+0 inject tcp ports 5001:8080 flags S seq 0:0 length 0 with win=1
+0 expect tcp ports 8080:5001 flags S. seq 0:0 length 0 with ack=1
+0 inject tcp ip ttl=3 ce flags . seq 1:1 length 0 with win=1
+0 expect tcp ip noecn flags . seq 1:1 length 0
+0 expect tcp ip tos=16 id=7 flowlabel=1 ports 1:2 flags . seq 1:1 length 0
+0 expect tcp ip ecn ect0 dscp af11 flags . seq 1:1 length 0
+0 expect tcp ip dscp=10 flags . seq 1:1 length 0
+0 expect tcp ip hlim=* flags . seq 1:1 length 0

## TCP options
+0 < S 0:0(0) win 1 <mss 1460,nop,nop,sackOK,nop,wscale 7>
+0 > S. 0:0(0) ack 1 <mss *,sackOK,TS val 700 ecr 100,nop,wscale ...>
+0 > . 1:1(0) <...>
+0 > . 1:1(0) <sack 1:2 3:4 5:6>
+0 < . 1:1(0) win 1 <nop,nop,TS val 1 ecr 700!>
+0 > . 1:1(0) <FO 1234567890abcdef12,FOEXP,md5 *,eol>
+0 > . 1:1(0) <ECN e0b 1 ceb 2 e1b 3,exp-AccECN1 ee1b 1,AccECN0 ee0b *>
+0 > . 1:1(0) <opt 254 f989,raw 01010101,exp-FO 99999999999999999999>
#=
+0 inject tcp flags S seq 0:0 length 0 with win=1 options mss(1460) nop() nop() sackOK() nop() wscale(7)
+0 expect tcp flags S. seq 0:0 length 0 with ack=1 options mss(*) sackOK() TS(val, 700, ecr, 100) nop() wscale(*)
+0 expect tcp flags . seq 1:1 length 0 options ...
+0 expect tcp flags . seq 1:1 length 0 options sack(1:2, 3:4, 5:6)
+0 inject tcp flags . seq 1:1 length 0 with win=1 options nop() nop() TS(val, 1, ecr, 700!)
+0 expect tcp flags . seq 1:1 length 0 options FO(1234567890abcdef12) FOEXP() md5(*) eol()
+0 expect tcp flags . seq 1:1 length 0 options ECN(e0b, 1, ceb, 2, e1b, 3) exp-AccECN1(ee1b, 1) AccECN0(ee0b, *)
+0 expect tcp flags . seq 1:1 length 0 options opt(254, f989) raw(1010101) exp-FO(99999999999999999999)

## payload text
+0 < P. 1:6(5) ack 1 win 1 "hello"
+0 > P. 1:6(5) ack 1 <nop,nop> "he" "llo"
#=
+0 inject tcp flags P. seq 1:6 length 5 with ack=1 win=1 payload "hello"
+0 expect tcp flags P. seq 1:6 length 5 with ack=1 options nop() nop() payload "hello"

## segments that may come, and alternatives
+0 maybe > R 1:1(0)
+0 > R. 1:1(0) ack 1 or > R 1:1(0) or > . *(0)
* maybe > R 1:1(0) or > F 1:1(0)
#=
+0 maybe expect tcp flags R seq 1:1 length 0
+0 expect tcp flags R. seq 1:1 length 0 with ack=1 or expect tcp flags R seq 1:1 length 0 or expect tcp flags . seq * length 0
* maybe expect tcp flags R seq 1:1 length 0 or expect tcp flags F seq 1:1 length 0

## UDP and ICMP
+0 > udp (100)
+0 < udp 53 > 8080 (50)
+0 > udp (*)
+0 < (ttl 1) icmp unreachable
+0 < icmp unreachable host_unreachable [1:101(100)]
+0 < icmp unreachable frag_needed mtu 1280 [1:101(100)]
+0 < icmp type_8 code_0 id 7
+0 < icmp unreachable port_unreachable [udp (100)]
+0 < [ect0] icmp time_exceeded [raw (64)]
#=
+0 expect udp flags udp length 100
+0 inject udp ports 53:8080 flags udp length 50
+0 expect udp flags udp length *
+0 inject icmp ip ttl=1 flags icmp type unreachable
+0 inject icmp flags icmp type unreachable code host_unreachable quote tcp(1:101, 100)
+0 inject icmp flags icmp type unreachable code frag_needed with mtu=1280 quote tcp(1:101, 100)
+0 inject icmp flags icmp type type_8 code code_0 with id=7
+0 inject icmp flags icmp type unreachable code port_unreachable quote udp(100)
+0 inject icmp ip ect0 flags icmp type time_exceeded quote raw(64)

## TCP in UDP is read, so that it can be refused
+0 < . 1:1(0) ack 1 win 1 /udp(9899 > 9899)
#=
+0 inject tcp flags . seq 1:1 length 0 with ack=1 win=1
