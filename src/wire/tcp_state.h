/*
 * The states of a connection (RFC 9293 3.3.2). Their numbers are the kernel's
 * (include/net/tcp_states.h).
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

/*
 * The timer that runs for a connection. The numbers are those of sock_diag (idiag_timer in struct
 * inet_diag_msg).
 */
enum tcp_timer {
	TIMER_NONE,
	TIMER_RETRANSMIT,
	TIMER_KEEPALIVE,
	TIMER_TIMEWAIT,
	TIMER_PROBE,
	TIMER_COUNT
};

/*
 * The state of a connection at one moment, as sock_diag(7) of the running kernel or another world
 * tells it.
 */
struct tcp_status {
	enum tcp_state state; /* STATE_CLOSED: there is no such connection */
	enum tcp_timer timer;
	usec_t expires;       /* time until that timer expires */
	unsigned retransmits; /* how often it has retransmitted or probed so far */
	/* bytes; for a listener its backlog, see sock_diag(7) */
	unsigned receive_queue, send_queue;
	unsigned uid;
	/* 0: no descriptor refers to it any more (the connection is an orphan or in TIME-WAIT) */
	unsigned long inode;
};

/* "FIN_WAIT_1"; "?" for a number that is not a state. */
const char *tcp_state_name(enum tcp_state state);

/*
 * Accepts the names of the RFC and of the kernel, in upper or lower case, with '_' or '-':
 * FIN-WAIT-1, FIN_WAIT1, TCP_FIN_WAIT1, SYN_RCVD, SYN-RECEIVED, CLOSE (for CLOSED); also ESTAB of
 * ss(8). NEW_SYN_RECV gives STATE_SYN_RECV, as sock_diag does.
 */
bool tcp_state_parse(const char *name, enum tcp_state *state);

/* "none", "retransmit", "keepalive", "timewait", "probe"; "?" for a number that is not a timer. */
const char *tcp_timer_name(enum tcp_timer timer);

/*
 * Accepts the same names and those of ss(8): "on", "persist", "off"; also "rto", and "fin_wait2"
 * for keepalive.
 */
bool tcp_timer_parse(const char *name, enum tcp_timer *timer);

#endif
