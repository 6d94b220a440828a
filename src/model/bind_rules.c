#include "model/bind_rules.h"

#include <string.h>

static bool is_any(const struct ip_address *address)
{
	static const uint8_t zeros[sizeof(address->bytes)];

	return !memcmp(address->bytes, zeros, sizeof(zeros));
}

/* Does it have IPv4 addresses, or IPv6 addresses? */
static bool has_family(const struct bound *bound, sa_family_t family)
{
	return bound->address.family == family ||
	       (family == AF_INET && is_any(&bound->address) && !bound->only_ipv6);
}

static bool overlap(const struct bound *a, const struct bound *b)
{
	bool common = (has_family(a, AF_INET) && has_family(b, AF_INET)) ||
	              (has_family(a, AF_INET6) && has_family(b, AF_INET6));

	return a->port == b->port && common &&
	       (is_any(&a->address) || is_any(&b->address) ||
	        ip_address_equal(&a->address, &b->address));
}

/* ---- the conditions of the rows ---- */

static bool unknown(const struct bound *a, const struct bound *b)
{
	return a->perhaps || b->perhaps;
}

static bool both_share(const struct bound *a, const struct bound *b)
{
	return a->share && b->share;
}

static bool one_listens(const struct bound *a, const struct bound *b)
{
	return a->listens || b->listens;
}

static bool both_reuse(const struct bound *a, const struct bound *b)
{
	return a->reuse && b->reuse;
}

static bool always(const struct bound *a, const struct bound *b)
{
	(void)a, (void)b;
	return true;
}

/* clang-format off */
static const struct {
	struct rule rule;
	bool (*when)(const struct bound *a, const struct bound *b);
	enum bind_outcome outcome; /* what follows for a, of those that have an address in common */
} bind_rules[] = {
	{ { "bind-shared", "socket(7), SO_REUSEPORT", "sockets that all have SO_REUSEPORT may have the same address", 0 },
	  both_share, BIND_GOOD },
	{ { "bind-listens", "socket(7), SO_REUSEADDR, and listen(2), EADDRINUSE", "nobody else has the address of a socket that listens", 0 },
	  one_listens, BIND_IN_USE },
	{ { "bind-reused", "socket(7), SO_REUSEADDR", "sockets that all have SO_REUSEADDR may have the same address, while none listens", 0 },
	  both_reuse, BIND_GOOD },
	{ { "bind-in-use", "bind(2), EADDRINUSE, and socket(7), NOTES", "an address that another socket, or a connection, has is refused", 0 },
	  always, BIND_IN_USE },
};
/* clang-format on */

static const struct rule free_rule = {
	"bind-free",
	"bind(2), and ipv6(7), IPV6_V6ONLY",
	"an address that nobody has can be bound",
	DEPARTURE_NONE,
};

static size_t row_of(const struct bound *a, const struct bound *b)
{
	size_t i = 0;

	while (!bind_rules[i].when(a, b))
		i++;
	return i;
}

enum bind_outcome bind_judge(const struct bound *wanted, bool listen, const struct bound *others,
                             size_t count, const struct rule **rule)
{
	bool open = false, shared = false;

	for (size_t i = 0; i < count && !listen; i++)
		shared |= wanted->share && others[i].share && overlap(wanted, &others[i]);
	*rule = &free_rule;
	for (size_t i = 0; i < count; i++) {
		size_t row;

		/* The others were there before: only who listens is in the way of a listener. */
		if (!overlap(wanted, &others[i]) || (listen && !others[i].listens))
			continue;
		row = row_of(wanted, &others[i]);
		open |= unknown(wanted, &others[i]);
		/* Linux forgets who does not share a port: findings.txt, bind-forgotten. */
		if (shared && !others[i].share) {
			open = true;
			continue;
		}
		if (unknown(wanted, &others[i]))
			continue;
		*rule = &bind_rules[row].rule;
		if (bind_rules[row].outcome == BIND_IN_USE)
			return BIND_IN_USE;
	}
	return open ? BIND_OPEN : BIND_GOOD;
}
