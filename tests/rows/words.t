Each directive, each thing that is looked at, each structure and each setting; see tests/rows.sh.

## directive covers
covers D3-09
+0 silence
#! s/^covers.*/+0 state(3) = LISTEN/
#? descriptor 3 is not open here

## directive rfc
rfc 9293 3.10.4
+0 silence
#! s/^rfc.*/rcf 9293/
#? syntax error

## directive tag
tag close
+0 silence
#! s/^tag.*/tga close/
#? syntax error

## directive verdict
verdict holds
+0 silence
#! s/^verdict.*/verdicts holds/
#? syntax error

## directive include
include "listener.inc"
+0 close(3) = 0
#! s/listener.inc/nobody.inc/
#? cannot read

## directive sysctl
sysctl net.ipv4.tcp_timestamps = 0
include "listener.inc"
+0 < S 0:0(0) win 1000 <mss 1000,nop,nop,TS val 1 ecr 0>
+0 > S. 0:0(0) ack 1 <mss 1460>
#! s/tcp_timestamps = 0/tcp_timestamps = 1/
#? options  wanted <mss 1460>, seen <mss 1460,nop,nop,TS val

## directive known
known "of the first of all kernels" kernel < 1.0
+0 silence
#! s/ kernel </ kernels </
#? error

## directive requires
requires file server.inc
+0 silence
#! s/file/folder/
#? error

## directive cases
cases name  number
      one   1
      again 1
+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = number
+0 close(number) = 0
#! s/^      again 1/      again/
#? this case has 1 cell, the table has 2 columns

## observe state
include "server.inc"
+0 state(4) = ESTABLISHED, timer none
#! s/ESTABLISHED/CLOSE_WAIT/
#? CLOSE_WAIT

## observe counter
include "server.inc"
+0 counter(TcpPassiveOpens) = 1
#! s/) = 1/) = 2/
#? TcpPassiveOpens

## observe signal
include "server.inc"
+0 shutdown(4, SHUT_WR) = 0
+0 > F. 1:1(0) ack 1
+0 write(4, ..., 1) = -1 EPIPE
+0 signal(SIGPIPE) = 1
#! s/SIGPIPE) = 1/SIGPIPE) = 0/
#? SIGPIPE

## observe silence
include "server.inc"
+.01 silence
#! s/+.01 silence/+0 write(4, ..., 1) = 1\n+.01 silence/
#? the script wants silence here

## record linger
include "server.inc"
+0 setsockopt(4, SOL_SOCKET, SO_LINGER, {onoff=1, linger=5}, 8) = 0
+0 getsockopt(4, SOL_SOCKET, SO_LINGER, {onoff=1, linger=5}, [8]) = 0
#! s/linger=5}, \[/linger=6}, [/
#? getsockopt gave linger 5, not 6

## record timeval
include "server.inc"
+0 setsockopt(4, SOL_SOCKET, SO_RCVTIMEO, {tv_sec=1, tv_usec=0}, 16) = 0
+0 getsockopt(4, SOL_SOCKET, SO_RCVTIMEO, {tv_sec=1}, [16]) = 0
#! s/{tv_sec=1}/{tv_sec=2}/
#? getsockopt gave tv_sec 1, not 2

## record tcp_info
include "server.inc"
+0 getsockopt(4, IPPROTO_TCP, TCP_INFO, {tcpi_state=TCP_ESTABLISHED}, ...) = 0
#! s/TCP_ESTABLISHED/TCP_CLOSE/
#? getsockopt gave tcpi_state 1, not 7

## record tcp_repair_window
include "server.inc"
+0 setsockopt(4, IPPROTO_TCP, TCP_REPAIR, [1], 4) = 0
+0 getsockopt(4, IPPROTO_TCP, TCP_REPAIR_WINDOW, {snd_wnd=257}, [20]) = 0
+0 setsockopt(4, IPPROTO_TCP, TCP_REPAIR, [0], 4) = 0
+0 > . 0:0(0) ack 1
#! s/snd_wnd=257/snd_wnd=256/
#? getsockopt gave snd_wnd 257, not 256

## record tcp_repair_opt
+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0 setsockopt(3, IPPROTO_TCP, TCP_REPAIR, [1], 4) = 0
+0 setsockopt(3, IPPROTO_TCP, TCP_REPAIR_OPTIONS, {opt_code=2, opt_val=1000}, 8) = -1 EPERM
#! s/= -1 EPERM/= 0/
#? setsockopt returned -1 EPERM

## record tcp_zerocopy_receive
include "server.inc"
+0 getsockopt(4, IPPROTO_TCP, TCP_ZEROCOPY_RECEIVE, {length=0, inq=0}, [64]) = 0
#! s/inq=0/inq=1/
#? getsockopt gave inq 0, not 1

## record tcp_md5sig
+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0 setsockopt(3, IPPROTO_TCP, TCP_MD5SIG, {tcpm_keylen=0}, 8) = ...
#! s/tcpm_keylen/tcpm_keylength/
#? no structure has a field 'tcpm_keylength'

## record tcpvegas_info
+0 getsockopt(-1, IPPROTO_TCP, TCP_CC_INFO, {tcpv_enabled=0}, ...) = -1 EBADF
#! s/tcpv_enabled/tcpv_enable/
#? no structure has a field 'tcpv_enable'

## record tcp_dctcp_info
+0 getsockopt(-1, IPPROTO_TCP, TCP_CC_INFO, {dctcp_alpha=0}, ...) = -1 EBADF
#! s/dctcp_alpha/dctcp_alfa/
#? no structure has a field 'dctcp_alfa'

## record tcp_bbr_info
+0 getsockopt(-1, IPPROTO_TCP, TCP_CC_INFO, {bbr_min_rtt=0}, ...) = -1 EBADF
#! s/bbr_min_rtt/bbr_rtt/
#? no structure has a field 'bbr_rtt'

## record meminfo
include "server.inc"
+0 getsockopt(4, SOL_SOCKET, SO_MEMINFO, {SK_MEMINFO_DROPS=0}, [36]) = 0
#! s/DROPS=0/DROPS=1/
#? getsockopt gave SK_MEMINFO_DROPS 0, not 1

## record pollfd
include "server.inc"
+0 poll([{fd=4, events=POLLIN, revents=0}], 1, 0) = 0
#! s/fd=4/fd=9/
#? descriptor 9 was never opened

## record fd_set
include "server.inc"
+0 select(5, [{fd=4, isset=0}], NULL, NULL, {tv_sec=0, tv_usec=0}) = 0
#! s/isset=0/set=0/
#? struct pollfd has no field 'set'

## record epoll_event
include "server.inc"
+0 epoll_create(1) = 5
+0 epoll_ctl(5, EPOLL_CTL_ADD, 4, {events=EPOLLOUT, u64=7}) = 0
+0 epoll_wait(5, {events=EPOLLOUT, u64=7}, 1, 0) = 1
#! s/wait(5, {events=EPOLLOUT, u64=7}/wait(5, {events=EPOLLOUT, u64=8}/
#? epoll_wait gave u64 7, not 8

## record sock_extended_err
include "server.inc"
+0 setsockopt(4, SOL_IP, IP_RECVERR, [1], 4) = 0
+0 < icmp unreachable port_unreachable [1:1(0)]
+0 recvmsg(4, {msg_control(1)=[{cmsg_level=SOL_IP, cmsg_type=IP_RECVERR, cmsg_data={ee_errno=ECONNREFUSED}}]}, MSG_ERRQUEUE) = -1 EAGAIN
#! s/ee_errno/ee_error/
#? no structure has a field 'ee_error'

## record scm_timestamping
include "server.inc"
+0 setsockopt(4, SOL_SOCKET, SO_TIMESTAMPING, [SOF_TIMESTAMPING_RX_SOFTWARE|SOF_TIMESTAMPING_SOFTWARE], 4) = 0
+0 recvmsg(4, {msg_iov(1)=[{..., 1}], msg_control(1)=[{cmsg_level=SOL_SOCKET, cmsg_type=SCM_TIMESTAMPING, cmsg_data={scm_sec=0}}]}, MSG_DONTWAIT) = -1 EAGAIN
#! s/scm_sec=/scm_second=/
#? no structure has a field 'scm_second'

## record timespec
include "server.inc"
+0 ppoll([{fd=4, events=POLLIN}], 1, {tv_sec=0, tv_nsec=0}, NULL) = 0
#! s/tv_nsec=0/tv_nsec=-1/
#? ppoll returned -1 EINVAL

## setting ip_version
--ip_version=ipv4
+0 silence
#! s/=ipv4/=ipv5/
#? its value must be ipv4, ipv6, ipv4-mapped-ipv6 or all

## setting bind_port
--bind_port=1234
include "listener.inc"
+0 < 5555 > 1234 S 0:0(0) win 1000 <mss 1000>
+0 > 1234 > 5555 S. 0:0(0) ack 1 <...>
#! s/bind_port=1234/bind_port=0/
#? the number is out of range (1 to 65535)

## setting connect_port
--connect_port=1234
+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0 fcntl(3, F_SETFL, O_NONBLOCK) = 0
+0 connect(3, ..., ...) = -1 EINPROGRESS
+0 > S 0:0(0) <...>
#! s/connect_port=1234/connect_port=65536/
#? the number is out of range (1 to 65535)

## setting local_ip
--local_ip=192.168.7.2
+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0 bind(3, {sa_family=AF_INET, sin_port=htons(1), sin_addr=inet_addr("192.168.7.2")}, ...) = 0
#! s/local_ip=192/local_ip=392/
#? its value must be an IP address

## setting remote_ip
--remote_ip=203.0.113.7/24
+0 silence
#! s|7/24|7/99|
#? is not an address of this family

## setting gateway_ip
--gateway_ip=192.168.0.7
+0 silence
#! s/192.168.0.7/2001:db8::1/
#? is not an address of this family

## setting netmask_ip
--netmask_ip=255.255.0.0
+0 silence
#! s/255.255.0.0/255.0.255.0/
#? is not a netmask

## setting mtu
--mtu=1000
include "listener.inc"
+0 < S 0:0(0) win 1000 <mss 1460>
+0 > S. 0:0(0) ack 1 <mss 960>
#! s/mtu=1000/mtu=1001/
#? mss

## setting mss
--mss=1000
+0 silence
#! s/mss=1000/mss=0/
#? out of range

## setting speed
--speed=100
+0 silence
#! s/100/1.5/
#? its value must be a whole number

## setting tolerance_usecs
--tolerance_usecs=20000
+0 silence
#! s/20000/0/
#? out of range

## setting tolerance_percent
--tolerance_percent=12.5
+0 silence
#! s/12.5/much/
#? its value must be a number

## setting tcp_ts_ecr_scaled
--tcp_ts_ecr_scaled
+0 silence
#! s/scaled/scaled=1/
#? it takes no value

## setting tcp_ts_tick_usecs
--tcp_ts_tick_usecs=1000
+0 silence
#! s/=1000//
#? it needs a value

## setting strict_segments
--strict_segments
include "server.inc"
+0 setsockopt(4, IPPROTO_TCP, TCP_NODELAY, [1], 4) = 0
+0 write(4, ..., 10) = 10
+0 > P. 1:11(10) ack 1
+0 write(4, ..., 10) = 10
+0 > P. 11:21(10) ack 1
#! s/^+0 > P. 1:11(10) ack 1/+0 write(4, ..., 10) = 10\n+0 > P. 1:21(20) ack 1/
#? length

## setting non_fatal
--non_fatal=syscall
+0 close(-1) = 0
#! s/syscall/calls/
#? its value must be packet, syscall or both

## setting unexpected
--unexpected=ignore
include "listener.inc"
+0 < S 0:0(0) win 1000 <mss 1000>
+.01 close(3) = 0
#! s/ignore/fail/
#? no later line expects a segment

## setting await_tick
--await_tick
+0 silence
#! s/tick/tick=1/
#? it takes no value

## setting settle_usecs
--settle_usecs=1000
+0 silence
#! s/1000/-1/
#? out of range

## setting is_anyip
--is_anyip
+0 silence
#! s/anyip/anyip=1/
#? it takes no value

## setting send_omit_free
--send_omit_free
include "server.inc"
+0 send(4, ..., 3, 0) = 3
+0 > P. 1:4(3) ack 1
#! s/free/free=1/
#? it takes no value

## setting tcp_md5_secret
--tcp_md5_secret=key
--unexpected=ignore
+0 < S 0:0(0) win 1000 <md5 valid,nop,nop>
+.01 close(-1) = -1 EBADF
#! /^--tcp_md5/d
#? there is no key to sign this with

## setting init_scripts
--init_scripts=/bin/true
+0 silence
#! s/=.*//
#? it needs a value

## setting so_filename
--dry_run
--so_filename=stack.so
+0 silence
#! /dry_run/d
#? --so_filename: ./stack.so: cannot open shared object file: No such file or directory

## setting so_flags
--so_flags=verbose
+0 silence
#! s/=.*//
#? it needs a value

## setting stack
--stack=true
--dry_run
+0 silence
#! /dry_run/d
#? --stack: the stack

## setting drive_clock
--drive_clock
--dry_run
+0 silence
#! s/^--drive_clock/--drive_clock=yes/
#? takes no value

## setting code_command
--code_command=true
+0 %{ assert True }%
#! s/=true/=false/
#? code

## setting code_format
--code_format=python
+0 silence
#! s/=.*//
#? it needs a value

## setting code_sockopt
--code_sockopt=TCP_INFO
+0 silence
#! s/TCP_INFO/SO_LINGER/
#? its value must be TCP_INFO, TCP_CC_INFO or SO_MEMINFO

## setting define
--define=NUMBER=3
+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = NUMBER
#! s/NUMBER=3/NUMBER/
#? its value must be NAME=VALUE

## setting dry_run
--dry_run
+0 close(-1) = 7
#! s/^--.*//
#? close returned -1 EBADF

## setting verbose
--verbose
+0 silence
#! s/verbose/verbose=1/
#? it takes no value

## setting debug
--debug
+0 silence
#! s/debug/debug=1/
#? it takes no value

## setting lint
--lint
+0 close(-1) = -1 EBADF
#! s/ = -1 EBADF/ = EBADF/
#? error
