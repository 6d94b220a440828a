/*
 * What the judge is told before it begins: which rules hold, how well the endpoint is watched, and
 * which settings are made that Linux promises to obey.
 */
#ifndef TCPCLOSE_MODEL_CIRCUMSTANCES_H
#define TCPCLOSE_MODEL_CIRCUMSTANCES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/usec.h"
#include "model/transitions.h"

enum model_mode {
	MODEL_RFC, /* only the RFCs */
	/* The RFCs, what Linux promises beyond them, and its departures (departures.h). */
	MODEL_LINUX,
};

struct model_circumstances {
	enum model_mode mode;
	const char *kernel;  /* the version of Linux; NULL: not known. Not owned */
	bool rfc5961;        /* it says that it follows it, as Linux does (ip-sysctl) */
	bool calls_known;    /* every call of the program is told; else it may make any, any time */
	bool arrivals_known; /* what is told to arrive does; else it may be lost */
	bool sends_known;    /* every segment of the endpoint is told; else some may lack */
	bool limits_changed; /* challenge ACKs are rarer than by default (ip-sysctl) */
	bool limits_off;     /* ... or there are none */
	bool low_water;      /* SO_RCVLOWAT was set: poll(2) is not judged */
	bool little_room;    /* a buffer was made smaller: POLLOUT is not judged */
	bool corked;         /* the program has text held back: TCP_CORK, MSG_MORE, pacing */
	bool kept_alive;     /* SO_KEEPALIVE was set: probes come at any time */
	bool cookies;        /* each SYN is answered by a cookie: tcp_syncookies is 2 */
	bool rfc1337;        /* a RST is ignored in TIME-WAIT: ip-sysctl, tcp_rfc1337 */
	bool may_give_up;    /* a timeout, a retry count or keepalive was set to end connections */
	bool few_time_waits; /* tcp_max_tw_buckets is low */
	bool may_reuse;      /* an active open may take over TIME-WAIT: ip-sysctl */
	bool linger2;        /* TCP_LINGER2 < 0: no FIN-WAIT-2 after close(2) */
	usec_t slack;        /* how late a thing may be seen that came in time */
	bool service_set;    /* IP_TOS or IPV6_TCLASS */
	uint8_t service;     /* ... what it says */
	usec_t service_at;   /* ... and when it was set last */
	bool marks;          /* ECN is asked for, or a control of congestion may do so */
	bool defers;         /* TCP_DEFER_ACCEPT, or a queue that is shorter than listen(2) says */
	bool accepts;        /* the queue of the listener has room, and nothing is deferred */
	bool errors_told;    /* IP_RECVERR: ICMP errors are told at once */
	bool errors_queued;  /* ... or MSG_ZEROCOPY: POLLERR may tell of that queue */
	bool linear;         /* retransmissions of thin streams do not back off: ip-sysctl */
	bool gives_up_any;   /* ... at any time: by retry counts, or what is not known */
	usec_t fin_timeout;  /* FIN-WAIT-2 after close(2); 0: the default, 60 s */
	bool fin_timeout_unknown; /* ... or any */
	usec_t user_set;          /* when TCP_USER_TIMEOUT was set last */
	usec_t user_timeout;      /* TCP_USER_TIMEOUT; 0: not set */
	usec_t keep_alive;        /* silence that ends a connection, by keepalive; 0: not set */
	usec_t kept_since;        /* when that was set last */
	int keep_idle, keep_interval, keep_count; /* seconds, probes; 0: the default */
	/* By how much a sequence number of the endpoint is greater on the wire than it is told. */
	uint32_t counted_from;
	struct transitions *taken; /* is told which rules are taken; NULL: nobody is */
};

#endif
