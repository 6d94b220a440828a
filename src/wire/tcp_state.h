/*
 * The states of a connection (RFC 9293 3.3.2) with the kernel's numbers (include/net/tcp_states.h).
 */
#ifndef TCPCLOSE_WIRE_TCP_STATE_H
#define TCPCLOSE_WIRE_TCP_STATE_H

#include <stdbool.h>

#include "base/usec.h"

enum tcp_state {
	STATE_ESTABLISHED = 1,
	STATE_SYN_SENT,
	STATE_SYN_RECV,
	STATE_FIN_WAIT_1,
	STATE_FIN_WAIT_2,
	STATE_TIME_WAIT,
	STATE_CLOSED,
	STATE_CLOSE_WAIT,
	STATE_LAST_ACK,
	STATE_LISTEN,
	STATE_CLOSING,
	STATE_NEW_SYN_RECV, /* a request socket; shown as SYN_RECV */
	STATE_COUNT
};

/* What runs for a connection, with the numbers of sock_diag (inet_diag_msg.idiag_timer). */
enum tcp_timer {
	TIMER_NONE,
	TIMER_RETRANSMIT,
	TIMER_KEEPALIVE,
	TIMER_TIMEWAIT,
	TIMER_PROBE,
	TIMER_COUNT
};

/*
 * What a look at a connection shows: sock_diag(7) of the running kernel, or what another world
 * says.
 */
struct tcp_status {
	enum tcp_state state; /* STATE_CLOSED: there is no such connection */
	enum tcp_timer timer;
	usec_t expires;                     /* left on that timer */
	unsigned retransmits;               /* retransmissions or probes so far */
	unsigned receive_queue, send_queue; /* bytes; for a listener its backlog */
	unsigned uid;
	unsigned long inode; /* 0: no descriptor any more (an orphan or a mini-socket) */
};

/* "FIN_WAIT_1"; "?" for a number that is none. */
const char *tcp_state_name(enum tcp_state state);

/*
 * Takes the RFC's and the kernel's spellings, in any case, with '_' or '-': FIN-WAIT-1, FIN_WAIT1,
 * TCP_FIN_WAIT1, SYN_RCVD, SYN-RECEIVED, CLOSE (for CLOSED), and ss(8)'s ESTAB. NEW_SYN_RECV gives
 * STATE_SYN_RECV, as sock_diag does.
 */
bool tcp_state_parse(const char *name, enum tcp_state *state);

/* "none", "retransmit", "keepalive", "timewait", "probe"; "?" for a number that is none. */
const char *tcp_timer_name(enum tcp_timer timer);

/*
 * Also the names that ss(8) prints: "on", "persist", "off"; and "rto", "fin_wait2" for keepalive.
 */
bool tcp_timer_parse(const char *name, enum tcp_timer *timer);

#endif
