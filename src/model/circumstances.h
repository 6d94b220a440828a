/*
 * What the judge is told before it begins: which rules hold, how well the endpoint is watched, and
 * which settings are made that Linux promises to obey.
 */
#ifndef TCPCLOSE_MODEL_CIRCUMSTANCES_H
#define TCPCLOSE_MODEL_CIRCUMSTANCES_H

#include <stdbool.h>

#include "base/usec.h"

enum model_mode {
	MODEL_RFC, /* only the RFCs */
	/* The RFCs, what Linux promises beyond them, and its departures (departures.h). */
	MODEL_LINUX,
};

struct model_circumstances {
	enum model_mode mode;
	bool rfc5961; /* the endpoint says that it follows RFC 5961, as Linux does (ip-sysctl) */
	/*
	 * Every call of the program is known; otherwise the program may make any call at any time.
	 */
	bool calls_known;
	/* A segment that is said to arrive does arrive; otherwise it may be lost. */
	bool arrivals_known;
	/* Every segment that the endpoint sends is known; otherwise some may be missing. */
	bool sends_known;
	bool limits_changed; /* challenge ACKs are sent less often than by default (ip-sysctl) */
	/* A timeout, a number of retries or keepalive was set, which may end connections. */
	bool may_give_up;
	bool few_time_waits; /* tcp_max_tw_buckets is low */
	bool may_reuse;     /* an active open may take over a connection in TIME-WAIT (ip-sysctl) */
	bool linger2;       /* TCP_LINGER2 is below 0: no FIN-WAIT-2 after close(2) */
	usec_t slack;       /* how late something may be seen that came in time */
	usec_t fin_timeout; /* how long FIN-WAIT-2 lasts after close(2); 0: the default of 60 s */
};

#endif
