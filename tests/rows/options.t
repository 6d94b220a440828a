Each row of the table of TCP options, see tests/rows.sh: what is sent in, and what the kernel sends,
or what is said of it when it does not.

## option eol
include "listener.inc"
+0 < S 0:0(0) win 1000 <mss 1000,eol,eol,eol,eol>
+0 > S. 0:0(0) ack 1 <mss 1460>
#! s/ack 1 <mss 1460>/ack 1 <mss 1460,eol,eol,eol,eol>/
#? eol

## option nop
include "listener.inc"
+0 < S 0:0(0) win 1000 <mss 1000,nop,nop,sackOK>
+0 > S. 0:0(0) ack 1 <mss 1460,nop,nop,sackOK>
#! s/ack 1 <mss 1460,nop,nop,sackOK>/ack 1 <mss 1460,sackOK,nop,nop>/
#? wanted <mss 1460,sackOK,nop,nop>, seen <mss 1460,nop,nop,sackOK>

## option mss
include "listener.inc"
+0 < S 0:0(0) win 1000 <mss 1000>
+0 > S. 0:0(0) ack 1 <mss 1460>
#! s/<mss 1460>/<mss 1459>/
#? mss

## option wscale
include "listener.inc"
+0 < S 0:0(0) win 1000 <mss 1000,wscale 3,nop>
+0 > S. 0:0(0) ack 1 <mss 1460,nop,wscale *>
#! s/wscale \*>/wscale 15>/
#? wscale

## option sackOK
include "listener.inc"
+0 < S 0:0(0) win 1000 <mss 1000,sackOK,nop,nop>
+0 > S. 0:0(0) ack 1 <mss 1460,nop,nop,sackOK>
#! s/<mss 1000,sackOK,nop,nop>/<mss 1000>/
#? sackOK

## option sack
include "listener.inc"
+0 < S 0:0(0) win 1000 <mss 1000,sackOK,nop,nop>
+0 > S. 0:0(0) ack 1 <mss 1460,nop,nop,sackOK>
+.01 < . 1:1(0) ack 1 win 1000
+0 accept(3, ..., ...) = 4
+.01 < . 11:21(10) ack 1 win 1000
+0 > . 1:1(0) ack 1 <nop,nop,sack 11:21>
#! s/sack 11:21>/sack 11:20>/
#? sack

## option TS
include "listener.inc"
+0 < S 0:0(0) win 1000 <mss 1000,nop,nop,TS val 100 ecr 0>
+0 > S. 0:0(0) ack 1 <mss 1460,nop,nop,TS val 0 ecr 100>
#! s/ecr 100>/ecr 101>/
#? TS

## option md5
--tcp_md5_secret=key --unexpected=ignore
include "listener.inc"
+0 < S 0:0(0) win 1000 <md5 valid,nop,nop>
+.01 close(3) = 0
#! s/+.01 close(3) = 0/+0 > S. 0:0(0) ack 1 <md5 valid,nop,nop>/
#? S. 0:0(0) ack 1 <md5 valid,nop,nop>

## option FO
sysctl net.ipv4.tcp_fastopen = 0x2
include "listener.inc"
+0 setsockopt(3, IPPROTO_TCP, TCP_FASTOPEN, [5], 4) = 0
+0 < S 0:0(0) win 1000 <mss 1000,FO,nop,nop>
+0 > S. 0:0(0) ack 1 <mss 1460,FO *,nop,nop>
#! s/FO \*/FO 0123456789abcdef/
#? FO

## option FOEXP
include "listener.inc"
+0 < S 0:0(0) win 1000 <mss 1000,FOEXP>
+0 > S. 0:0(0) ack 1 <mss 1460>
#! s/ack 1 <mss 1460>/ack 1 <mss 1460,FOEXP>/
#? FOEXP

## option ECN
include "listener.inc"
+0 < S 0:0(0) win 1000 <mss 1000,ECN e0b 1,nop,nop,nop>
+0 > S. 0:0(0) ack 1 <mss 1460>
#! s/ack 1 <mss 1460>/ack 1 <mss 1460,ECN e0b 1,nop,nop,nop>/
#? ECN

## option ECN-2
include "listener.inc"
+0 < S 0:0(0) win 1000 <mss 1000,ECN e1b 1,nop,nop,nop>
+0 > S. 0:0(0) ack 1 <mss 1460>
#! s/ack 1 <mss 1460>/ack 1 <mss 1460,ECN e1b 1 ceb 1,nop,nop>/
#? ECN

## option AccECN0
include "listener.inc"
+0 < S 0:0(0) win 1000 <mss 1000,AccECN0 ee0b 1,nop,nop,nop>
+0 > S. 0:0(0) ack 1 <mss 1460>
#! s/ack 1 <mss 1460>/ack 1 <mss 1460,AccECN0 ee0b 1,nop,nop,nop>/
#? ECN

## option AccECN1
include "listener.inc"
+0 < S 0:0(0) win 1000 <mss 1000,AccECN1 ee1b 1,nop,nop,nop>
+0 > S. 0:0(0) ack 1 <mss 1460>
#! s/ack 1 <mss 1460>/ack 1 <mss 1460,AccECN1 ee1b 1,nop,nop,nop>/
#? ECN

## option exp-FO
include "listener.inc"
+0 < S 0:0(0) win 1000 <mss 1000,exp-FO 01234567>
+0 > S. 0:0(0) ack 1 <mss 1460>
#! s/ack 1 <mss 1460>/ack 1 <mss 1460,exp-FO 01234567>/
#? FOEXP

## option EXP-FO
include "listener.inc"
+0 < S 0:0(0) win 1000 <mss 1000,EXP-FO>
+0 > S. 0:0(0) ack 1 <mss 1460>
#! s/ack 1 <mss 1460>/ack 1 <mss 1460,EXP-FO>/
#? FOEXP

## option exp-AccECN0
include "listener.inc"
+0 < S 0:0(0) win 1000 <mss 1000,exp-AccECN0>
+0 > S. 0:0(0) ack 1 <mss 1460>
#! s/ack 1 <mss 1460>/ack 1 <mss 1460,exp-AccECN0>/
#? exp-AccECN0

## option exp-AccECN1
include "listener.inc"
+0 < S 0:0(0) win 1000 <mss 1000,exp-AccECN1>
+0 > S. 0:0(0) ack 1 <mss 1460>
#! s/ack 1 <mss 1460>/ack 1 <mss 1460,exp-AccECN1>/
#? exp-AccECN1

## option exp-tarr
include "listener.inc"
+0 < S 0:0(0) win 1000 <mss 1000,exp-tarr>
+0 > S. 0:0(0) ack 1 <mss 1460>
#! s/ack 1 <mss 1460>/ack 1 <mss 1460,exp-tarr>/
#? exp-tarr

## option exp-
include "listener.inc"
+0 < S 0:0(0) win 1000 <mss 1000,exp-abcd>
+0 > S. 0:0(0) ack 1 <mss 1460>
#! s/ack 1 <mss 1460>/ack 1 <mss 1460,exp-abcd>/
#? 254

## option gen-
include "listener.inc"
+0 < S 0:0(0) win 1000 <mss 1000,gen-77 0102>
+0 > S. 0:0(0) ack 1 <mss 1460>
#! s/ack 1 <mss 1460>/ack 1 <mss 1460,gen-77 0102>/
#? 77

## option opt
include "listener.inc"
+0 < S 0:0(0) win 1000 <mss 1000,opt 77 0102>
+0 > S. 0:0(0) ack 1 <mss 1460>
#! s/ack 1 <mss 1460>/ack 1 <mss 1460,opt 77 0102>/
#? 77

## option raw
include "listener.inc"
+0 < S 0:0(0) win 1000 <mss 1000,raw 01010101>
+0 > S. 0:0(0) ack 1 <mss 1460>
#! s/ack 1 <mss 1460>/ack 1 <mss 1460,raw 01010101>/
#? nop
