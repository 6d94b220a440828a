/*
 * Which addresses sockets may have at the same time: bind(2), listen(2), socket(7) with
 * SO_REUSEADDR and SO_REUSEPORT, ipv6(7) with IPV6_V6ONLY. This is about sockets and not about
 * segments, so it stands beside the rules of a connection.
 */
#ifndef TCPCLOSE_MODEL_BIND_RULES_H
#define TCPCLOSE_MODEL_BIND_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/rule.h"
#include "wire/address.h"

/* Something that has a port: a socket, or a connection of a listener. */
struct bound {
	/* AF_INET, or AF_INET6; all bytes 0: any address of the family. A mapped one is AF_INET. */
	struct ip_address address;
	uint16_t port;
	bool only_ipv6; /* IPV6_V6ONLY; without it any IPv6 address is any IPv4 address, too */
	bool reuse;     /* SO_REUSEADDR */
	bool share;     /* SO_REUSEPORT */
	bool listens;
	bool perhaps; /* it is not known whether it is there, or what it allows */
};

/* What bind(2) and listen(2) may return, by the others that are there. */
enum bind_outcome { BIND_GOOD, BIND_IN_USE, BIND_OPEN };

/*
 * What bind(2) does for `wanted`, or listen(2) with `listen`, while the others are bound. *rule is
 * set to the rule that says so.
 */
enum bind_outcome bind_judge(const struct bound *wanted, bool listen, const struct bound *others,
                             size_t count, const struct rule **rule);

#endif
