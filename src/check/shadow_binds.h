/* Follows which sockets of a script have which ports, and judges bind(2) and listen(2) by that. */
#ifndef TCPCLOSE_CHECK_SHADOW_BINDS_H
#define TCPCLOSE_CHECK_SHADOW_BINDS_H

#include <stdbool.h>
#include <stddef.h>

#include "model/bind_rules.h"
#include "program/program.h"
#include "verdict/trace.h"

enum { SHADOW_SOCKETS = 64 }; /* of a script; with more nothing is judged */

struct shadow_socket {
	struct bound bound;
	bool known; /* it is a TCP socket, and was not closed */
	bool has_port;
};

struct shadow_binds {
	struct shadow_socket sockets[SHADOW_SOCKETS]; /* by the number of the socket, less 1 */
	/* What "..." stands for; the connections have this address, too. */
	struct ip_address own;
	sa_family_t domain;
	uint16_t port;
	bool unseen; /* connections are within the machine, and their ports are not known */
};

void shadow_binds_init(struct shadow_binds *binds, const struct settings *settings);

/* socket() has made this socket. */
void shadow_binds_opened(struct shadow_binds *binds, unsigned socket, const struct call_want *want);
void shadow_binds_closed(struct shadow_binds *binds, unsigned socket);
void shadow_binds_unlistened(struct shadow_binds *binds, unsigned socket);
/* Does SO_REUSEADDR, or SO_REUSEPORT, hold for the children of a listener? */
const struct bound *shadow_binds_of(const struct shadow_binds *binds, unsigned socket);

/* Is it a connect() to the address of the machine itself? What is sent then stays in it. */
bool shadow_binds_is_own(const struct shadow_binds *binds, const struct call_want *want);

/*
 * A call on this socket has returned, with what the event says; `others`, with room for
 * SHADOW_SOCKETS more, are connections that have ports, too. Returns the rule that it breaks, or
 * NULL.
 */
const struct rule *shadow_binds_returned(struct shadow_binds *binds, unsigned socket,
                                         const struct call_want *want, const struct event *event,
                                         struct bound *others, size_t count);

#endif
