#include "run/call_address.h"

#include <stdio.h>
#include <string.h>

#include "run/call_compare.h"
#include "run/side.h"
#include "run/tell.h"

static const struct ip_address *
right_address(const struct running *run, const struct live_call *call, enum call_end_point whose)
{
	const struct addresses *addresses = side_addresses(run, side_of_call(run, call->want));

	return whose == CALL_REMOTE ? &addresses->connect : &addresses->bind;
}

static uint16_t right_port(const struct running *run, enum call_end_point whose)
{
	return whose == CALL_REMOTE ? run->settings->connect_port : run->settings->bind_port;
}

socklen_t call_address_put(const struct running *run, const struct live_call *call,
                           enum call_end_point whose, struct sockaddr_storage *storage)
{
	return ip_address_to_sockaddr(right_address(run, call, whose), right_port(run, whose),
	                              storage);
}

void call_address_write(const struct running *run, const struct live_call *call,
                        enum call_end_point whose, const struct value *value,
                        struct sockaddr_storage *storage)
{
	struct ip_address address;
	uint16_t port;

	memcpy(storage, value->bytes, value->length);
	if (!ip_address_from_sockaddr(storage, &address, &port))
		return;
	ip_address_to_sockaddr(value->right_address ? right_address(run, call, whose) : &address,
	                       value->right_port ? right_port(run, whose) : port, storage);
}

/* ---- what a call wrote ---- */

struct end_point {
	struct ip_address address;
	uint16_t port;
};

enum { END_POINT_TEXT = IP_ADDRESS_TEXT + 16 };

static const char *print(const struct end_point *end, char text[END_POINT_TEXT])
{
	char address[IP_ADDRESS_TEXT];

	snprintf(text, END_POINT_TEXT, "%s port %u", ip_address_print(&end->address, address),
	         end->port);
	return text;
}

static const char *as_script(const struct end_point *end, char text[2 * END_POINT_TEXT])
{
	char address[IP_ADDRESS_TEXT];
	bool v6 = end->address.family == AF_INET6;

	snprintf(text, (size_t)(2 * END_POINT_TEXT),
	         "{sa_family=%s, sin_port=htons(%u), sin_addr=%s(\"%s\")}",
	         v6 ? "AF_INET6" : "AF_INET", end->port, v6 ? "inet6_addr" : "inet_addr",
	         ip_address_print(&end->address, address));
	return text;
}

/* What is open becomes what is right; a port that nobody knows, what was seen. */
static struct end_point end_wanted(const struct running *run, const struct live_call *call,
                                   enum call_end_point whose, const struct value *value,
                                   const struct end_point *seen)
{
	struct sockaddr_storage storage = { 0 };
	const struct connection *c = call->connection;
	struct end_point wanted = { .port = 0 };
	uint16_t known = !c ? 0 : whose == CALL_REMOTE ? c->live.remote_port : c->live.local_port;

	memcpy(&storage, value->bytes, value->length);
	ip_address_from_sockaddr(&storage, &wanted.address, &wanted.port);
	if (value->right_address)
		wanted.address = *right_address(run, call, whose);
	if (value->right_port)
		wanted.port = known ? known : seen->port;
	return wanted;
}

bool call_address_check(struct running *run, const struct live_call *call,
                        enum call_end_point whose, const struct value *value,
                        const struct sockaddr_storage *seen)
{
	struct end_point wanted, came = { .port = 0 };
	char want_text[END_POINT_TEXT], seen_text[END_POINT_TEXT], right[2 * END_POINT_TEXT];

	if (value->kind != VALUE_BYTES)
		return true;
	bool untouched = host_output_is_untouched(seen, 0, sizeof(seen->ss_family));
	if (!untouched)
		ip_address_from_sockaddr(seen, &came.address, &came.port);
	wanted = end_wanted(run, call, whose, value, &came);
	print(&wanted, want_text);
	if (untouched)
		return call_is_unwritten(run, call, value->where, "the address", want_text);
	if (ip_address_equal(&wanted.address, &came.address) && wanted.port == came.port)
		return true;
	print(&came, seen_text);
	edits_add(&run->teller.evidence->edits, EDIT_WORDS, value->where, "%s",
	          as_script(&came, right));
	call_note(run, value->where, "the address", want_text, seen_text);
	return run_fail_or_warn(run, run->settings->non_fatal_syscall, call->step->where,
	                        value->where, "%s gave the address %s, not %s",
	                        call->want->row->name, seen_text, want_text);
}
