#include "check/shadow_binds.h"

#include <errno.h>
#include <netinet/in.h>
#include <string.h>

#include "program/addresses.h"
#include "program/syscalls.h"

static struct shadow_socket *get(struct shadow_binds *binds, unsigned socket)
{
	struct shadow_socket *found =
		socket && socket <= SHADOW_SOCKETS ? &binds->sockets[socket - 1] : NULL;

	return found && found->known ? found : NULL;
}

void shadow_binds_init(struct shadow_binds *binds, const struct settings *settings)
{
	struct addresses addresses;

	if (addresses_init(settings, &addresses))
		return;
	binds->domain = addresses.domain;
	binds->own = ip_address_unmap(&addresses.bind);
	binds->port = settings->bind_port;
}

/* ---- sockets ---- */

void shadow_binds_opened(struct shadow_binds *binds, unsigned socket, const struct call_want *want)
{
	enum { FLAGS = SOCK_NONBLOCK | SOCK_CLOEXEC };
	const struct value *domain = &want->arguments[0], *type = &want->arguments[1];
	struct shadow_socket *made;

	if (!socket || socket > SHADOW_SOCKETS)
		return;
	made = &binds->sockets[socket - 1];
	*made = (struct shadow_socket){ .known = (type->number & ~FLAGS) == SOCK_STREAM };
	made->bound.address.family =
		domain->kind != VALUE_ANY ? (sa_family_t)domain->number : binds->domain;
	made->known &=
		made->bound.address.family == AF_INET || made->bound.address.family == AF_INET6;
}

void shadow_binds_closed(struct shadow_binds *binds, unsigned socket)
{
	if (socket && socket <= SHADOW_SOCKETS)
		binds->sockets[socket - 1].known = false;
}

void shadow_binds_unlistened(struct shadow_binds *binds, unsigned socket)
{
	struct shadow_socket *found = get(binds, socket);

	if (found)
		found->bound.listens = false;
}

const struct bound *shadow_binds_of(const struct shadow_binds *binds, unsigned socket)
{
	const struct shadow_socket *found = get((struct shadow_binds *)binds, socket);

	return found ? &found->bound : NULL;
}

/* ---- options ---- */

/* What is changed once the port is there, or is not understood, makes open what it allows. */
static void set_option(struct shadow_socket *socket, const struct call_want *want)
{
	int64_t level = want->arguments[1].number, option = want->arguments[2].number;
	const struct value *value = &want->arguments[3];
	bool on = value->kind == VALUE_LIST && value->count == 1 && value->items[0].number != 0;
	struct bound *bound = &socket->bound;
	bool *flag = NULL;

	if (level == SOL_SOCKET && option == SO_REUSEADDR)
		flag = &bound->reuse;
	if (level == SOL_SOCKET && option == SO_REUSEPORT)
		flag = &bound->share;
	if (level == IPPROTO_IPV6 && option == IPV6_V6ONLY)
		flag = &bound->only_ipv6;
	if (level == SOL_SOCKET && option == SO_BINDTODEVICE)
		bound->perhaps = true;
	if (!flag)
		return;
	bound->perhaps |= socket->has_port && *flag != on;
	*flag = on;
}

/* ---- bind() and listen() ---- */

static bool take_address(const struct shadow_binds *binds, const struct value *value,
                         struct bound *bound)
{
	struct sockaddr_storage storage;
	struct ip_address address;

	if (value->kind == VALUE_ANY) {
		bound->address = binds->own;
		bound->port = binds->port;
		return true;
	}
	if (value->kind != VALUE_BYTES || value->length > sizeof(storage) || value->right_address ||
	    value->right_port)
		return false;
	memset(&storage, 0, sizeof(storage));
	memcpy(&storage, value->bytes, value->length);
	if (!ip_address_from_sockaddr(&storage, &address, &bound->port) || bound->port == 0)
		return false;
	bound->address = ip_address_unmap(&address);
	return true;
}

bool shadow_binds_is_own(const struct shadow_binds *binds, const struct call_want *want)
{
	struct bound target = { .port = 0 };

	return want->row->effect == EFFECT_CONNECT && want->arguments[1].kind == VALUE_BYTES &&
	       take_address(binds, &want->arguments[1], &target) &&
	       ip_address_equal(&target.address, &binds->own);
}

static size_t add_others(const struct shadow_binds *binds, unsigned socket, struct bound *others,
                         size_t count)
{
	for (unsigned i = 0; i < SHADOW_SOCKETS; i++)
		if (i + 1 != socket && binds->sockets[i].known && binds->sockets[i].has_port)
			others[count++] = binds->sockets[i].bound;
	return count;
}

static const struct rule *judge(enum bind_outcome outcome, const struct rule *rule,
                                const struct event *event)
{
	bool good = event->result == 0, in_use = event->result < 0 && event->error == EADDRINUSE;

	if ((outcome == BIND_GOOD && in_use) || (outcome == BIND_IN_USE && good))
		return rule;
	return NULL;
}

const struct rule *shadow_binds_returned(struct shadow_binds *binds, unsigned socket,
                                         const struct call_want *want, const struct event *event,
                                         struct bound *others, size_t count)
{
	struct shadow_socket *found = get(binds, socket);
	const char *name = want->row->name;
	const struct rule *rule = NULL;
	enum bind_outcome outcome;

	binds->unseen |= shadow_binds_is_own(binds, want);
	if (!found || binds->unseen)
		return NULL;
	if (!strcmp(name, "setsockopt") && want->count >= 4 && event->result == 0)
		set_option(found, want);
	if (want->row->effect == EFFECT_CONNECT)
		found->bound.perhaps = true; /* it may get another address by that */
	if (!strcmp(name, "bind") && !found->has_port) {
		if (!take_address(binds, &want->arguments[1], &found->bound)) {
			found->bound.perhaps = found->has_port = true;
			return NULL;
		}
		outcome = bind_judge(&found->bound, false, others,
		                     add_others(binds, socket, others, count), &rule);
		found->has_port = event->result == 0;
		return judge(outcome, rule, event);
	}
	if (want->row->effect == EFFECT_LISTEN && found->has_port) {
		outcome = bind_judge(&found->bound, true, others,
		                     add_others(binds, socket, others, count), &rule);
		found->bound.listens |= event->result == 0;
		return judge(outcome, rule, event);
	}
	return NULL;
}
