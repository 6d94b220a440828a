/*
 * The calls of packetdrill have the same forms as ours. But they do not compare bytes that were
 * read, they know fewer constants (a number means the same), and they need the words of an errno
 * behind it.
 */
#include "author/export_call.h"

#include <string.h>

#include "program/symbols.h"

/* ---- calls ---- */

static const char *const names[] = {
	"socket",   "bind",         "listen",     "accept",     "connect", "read",
	"readv",    "recv",         "recvfrom",   "recvmsg",    "write",   "writev",
	"send",     "sendto",       "sendmsg",    "fcntl",      "ioctl",   "close",
	"shutdown", "getsockopt",   "setsockopt", "poll",       "cap_set", "open",
	"sendfile", "epoll_create", "epoll_ctl",  "epoll_wait", "pipe",    "splice",
};

/* Calls that only ask. Without them, the connection does the same. */
static const char *const askers[] = { "getsockname", "getpeername", "eventfd" };

/* Calls whose strings are data, which packetdrill neither sends nor compares. */
static const char *const movers[] = { "read",  "readv",  "recv", "recvfrom", "recvmsg",
	                              "write", "writev", "send", "sendto",   "sendmsg" };

/* Calls that give the address of the peer. */
static const char *const namers[] = { "accept", "recvfrom" };

#define IS_ONE_OF(list, name) is_one_of(list, sizeof(list) / sizeof(*(list)), name)

static bool is_one_of(const char *const *list, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (!strcmp(list[i], name))
			return true;
	return false;
}

/* ---- arguments ---- */

/* Constants that packetdrill does not know are written as numbers. */
static bool is_known_there(const char *name)
{
	static const char *const unknown[] = {
		"INADDR_",        "TCP_ULP",        "TCP_SAVE",
		"TCP_REPAIR",     "TCP_SEND_QUEUE", "TCP_RECV_QUEUE",
		"TCP_NO_QUEUE",   "TCP_QUEUE_SEQ",  "TCP_ZEROCOPY_RECEIVE",
		"TCP_AO_",        "TCP_RTO_",       "TCP_WINDOW_CLAMP",
		"TCP_DELACK_MAX", "TCP_MD5SIG_EXT", "IP_MINTTL",
		"IP_RECVTTL",     "IP_BIND_",       "IP_LOCAL_",
		"IP_TRANSPARENT", "IPV6_V6ONLY",    "IPV6_UNICAST",
		"IPV6_MINHOP",    "SIOCOUTQNSD",    "INT_M",
		"UINT",           "NULL",           "SOMAXCONN",
		"MSG_BATCH",      "MSG_WAITFORONE", "IPPROTO_IP",
		"SIOCOUTQ",
	};

	for (size_t i = 0; i < sizeof(unknown) / sizeof(*unknown); i++)
		if (!strncmp(name, unknown[i], strlen(unknown[i])))
			return false;
	return true;
}

static struct expr *copy_list(struct losses *losses, const struct expr *list, bool data);

static void copy_word(struct expr *copy)
{
	int64_t number;

	if (is_known_there(copy->text) || !symbol_find(copy->text, &number))
		return;
	copy->kind = EXPR_NUMBER;
	copy->text = NULL;
	copy->number = number;
}

/* With `data`, strings are bytes that are sent or compared. */
static struct expr *copy_value(struct losses *losses, const struct expr *expr, bool data)
{
	struct expr *copy = arena_memdup(losses->arena, expr, sizeof(*expr));

	copy->next = NULL;
	switch (expr->kind) {
	case EXPR_STRING:
	case EXPR_PREFIX:
		if (data)
			copy->kind = EXPR_ELLIPSIS;
		break;
	case EXPR_WORD:
		copy_word(copy);
		break;
	case EXPR_FIELD:
		copy->right = copy_value(losses, expr->right, data);
		break;
	case EXPR_PAIR:
		copy->left = copy_value(losses, expr->left, data);
		copy->right = copy_value(losses, expr->right, data);
		break;
	case EXPR_OR:
	case EXPR_CALL:
	case EXPR_LIST:
	case EXPR_RECORD:
		copy->items = copy_list(losses, expr->items, data);
		break;
	default:
		break;
	}
	return copy;
}

static struct expr *copy_list(struct losses *losses, const struct expr *list, bool data)
{
	struct expr_list copies = { NULL, NULL };

	for (const struct expr *item = list; item; item = item->next)
		expr_append(&copies, copy_value(losses, item, data));
	return copies.first;
}

/* Tells whether it contains a string whose bytes are compared. */
static bool has_string(const struct expr *list)
{
	for (const struct expr *item = list; item; item = item->next) {
		bool inside = item->kind == EXPR_LIST || item->kind == EXPR_RECORD ||
		              item->kind == EXPR_CALL;

		if (item->kind == EXPR_STRING || item->kind == EXPR_PREFIX ||
		    (inside && has_string(item->items)) ||
		    (item->kind == EXPR_FIELD && item->right && !item->right->next &&
		     has_string(item->right)))
			return true;
	}
	return false;
}

/* "(Broken pipe)": the grammar of packetdrill needs it, with letters only. */
static const char *words_of_errno(struct losses *losses, const char *name)
{
	int64_t number;
	const char *text =
		symbol_find_in(SYMBOL_ERRNO, name, &number) ? strerrordesc_np((int)number) : NULL;
	char *words = arena_strdup(losses->arena, text ? text : name);

	for (char *c = words; *c; c++)
		if (strchr("/-,.'()", *c))
			*c = ' ';
	return arena_printf(losses->arena, "%s (%s)", name, words);
}

static void export_error(struct losses *losses, struct call_node *call)
{
	if (call->error.text)
		call->error.text = words_of_errno(losses, call->error.text);
}

static bool is_linger(const struct expr *record)
{
	return record->items && record->items->kind == EXPR_FIELD &&
	       !strcmp(record->items->left->text, "onoff");
}

/*
 * In packetdrill, bind() and similar calls have no address of their own, and setsockopt() has one
 * structure only.
 */
static const struct expr *structure_in(const struct call_node *call)
{
	static const char *const takers[] = { "bind",    "connect", "sendto",
		                              "sendmsg", "recvmsg", "setsockopt" };

	for (const struct expr *item = IS_ONE_OF(takers, call->name.text) ? call->arguments : NULL;
	     item; item = item->next)
		if (item->kind == EXPR_RECORD && !is_linger(item))
			return item;
	return NULL;
}

/* Tells whether the call only asks, in a form that packetdrill does not compare. */
static bool only_asks(const struct call_node *call)
{
	const char *name = call->name.text;

	if (IS_ONE_OF(askers, name) || (call->error.text && !strcmp(call->error.text, "EBADF")))
		return true;
	/* packetdrill compares the event with memory to which nothing was written. */
	if (!strcmp(name, "epoll_wait") && call->result && call->result->kind == EXPR_NUMBER &&
	    !call->result->number)
		return true;
	for (const struct expr *item = !strcmp(name, "getsockopt") ? call->arguments : NULL; item;
	     item = item->next)
		if (item->kind == EXPR_RECORD || item->kind == EXPR_STRING)
			return true;
	return false;
}

/* packetdrill takes the address that such a call gives, but does not compare it. */
static struct expr *without_address(struct losses *losses, struct expr *list)
{
	struct expr *copies = copy_list(losses, list, true);

	for (struct expr *item = copies; item; item = item->next)
		if (item->kind == EXPR_RECORD) {
			losses_add(losses, "the address that a call gives");
			item->kind = EXPR_ELLIPSIS;
		}
	return copies;
}

enum said export_call(struct losses *losses, const struct call_node *call,
                      const struct call_node **said)
{
	struct call_node *copy = arena_memdup(losses->arena, call, sizeof(*call));
	const char *name = call->name.text;
	bool moves = IS_ONE_OF(movers, name), number = false;

	*said = copy;
	if (only_asks(call)) {
		losses_add(losses, "the call %s()", name);
		return SAID_NOT;
	}
	if (!strcmp(name, "epoll_create1")) {
		copy->name.text = "epoll_create";
		copy->arguments = expr_new(losses->arena, EXPR_NUMBER, call->name.where);
		copy->arguments->number = 1;
	} else if (!IS_ONE_OF(names, name)) {
		return losses_refuse(losses, call->name.where, "'%s'", name);
	}
	if (structure_in(call))
		return losses_refuse(losses, structure_in(call)->where, "this structure");
	number = call->result &&
	         (call->result->kind == EXPR_NUMBER || call->result->kind == EXPR_WORD);
	if (!number)
		return losses_refuse(losses, call->result ? call->result->where : call->name.where,
		                     "a result that is not one number");
	if (call->actor.text && !call->blocking)
		return losses_refuse(losses, call->actor.where, "a call of another process");
	copy->actor.text = NULL;
	if (moves && strncmp(name, "w", 1) && strncmp(name, "s", 1) && has_string(call->arguments))
		losses_add(losses, "the bytes that were read");
	if (IS_ONE_OF(namers, name))
		copy->arguments = without_address(losses, copy->arguments);
	else if (copy->arguments == call->arguments)
		copy->arguments = copy_list(losses, call->arguments, moves);
	export_error(losses, copy);
	return SAID;
}

/* ---- sockets ---- */

static int64_t descriptor_of(const struct expr *expr)
{
	bool good = expr && expr->kind == EXPR_NUMBER && expr->number >= 0 &&
	            expr->number < EXPORT_DESCRIPTORS;

	return good ? expr->number : -1;
}

void export_follow_call(struct export_sockets *sockets, const struct call_node *call)
{
	int64_t result = descriptor_of(call->result), first = descriptor_of(call->arguments);
	const char *name = call->name.text;

	if (!strcmp(name, "connect") || !strcmp(name, "sendto") || !strcmp(name, "sendmsg"))
		sockets->connected = true;
	if (result < 0)
		return;
	if (!strcmp(name, "socket") || !strcmp(name, "accept")) {
		sockets->open[result] = true;
		sockets->listening = false;
		sockets->connected = !strcmp(name, "accept");
		sockets->under_test = result;
	} else if (!strcmp(name, "listen")) {
		sockets->listening = true;
	} else if (!strcmp(name, "close") && first >= 0) {
		sockets->open[first] = false;
	}
}

enum said export_follow_packet(struct losses *losses, struct export_sockets *sockets,
                               const struct packet_node *packet)
{
	bool syn = packet->protocol == PACKET_TCP && strchr(packet->flags.text, 'S');

	if (packet->inbound && syn && sockets->listening) {
		sockets->listening = sockets->answered = sockets->again = false;
		sockets->connected = true;
		sockets->under_test = -1;
	}
	if (!sockets->connected && packet->protocol == PACKET_TCP)
		return losses_refuse(losses, packet->flags.where,
		                     "a segment for which no socket listens or connects");
	if (packet->inbound && syn)
		sockets->again = sockets->answered;
	else if (packet->inbound)
		sockets->answered = true;
	else if (syn && sockets->again)
		return losses_refuse(losses, packet->flags.where,
		                     "a second connection on the same ports");
	return SAID;
}

/* ---- states ---- */

static const struct {
	const char *ours, *theirs;
} states[] = {
	{ "LISTEN", "TCP_LISTEN" },         { "SYN_SENT", "TCP_SYN_SENT" },
	{ "SYN_RECV", "TCP_SYN_RECV" },     { "ESTABLISHED", "TCP_ESTABLISHED" },
	{ "FIN_WAIT_1", "TCP_FIN_WAIT1" },  { "FIN_WAIT_2", "TCP_FIN_WAIT2" },
	{ "CLOSE_WAIT", "TCP_CLOSE_WAIT" }, { "CLOSING", "TCP_CLOSING" },
	{ "LAST_ACK", "TCP_LAST_ACK" },     { "CLOSED", "TCP_CLOSE" },
};

static const char *state_there(const char *ours)
{
	for (size_t i = 0; ours && i < sizeof(states) / sizeof(*states); i++)
		if (!strcmp(states[i].ours, ours))
			return states[i].theirs;
	return NULL;
}

/* Tells whether the state is about the socket that packetdrill's code blocks see. */
static bool is_visible(const struct call_node *state, const struct export_sockets *sockets)
{
	const struct expr *about = state->arguments;

	if (sockets->under_test < 0 || !sockets->open[sockets->under_test])
		return false;
	return !about || (!about->next && descriptor_of(about) == sockets->under_test);
}

enum said export_state(struct losses *losses, const struct call_node *state,
                       const struct export_sockets *sockets, const char **code)
{
	const char *there = state->result && state->result->kind == EXPR_WORD
	                            ? state_there(state->result->text)
	                            : NULL;

	if (!there || !is_visible(state, sockets)) {
		losses_add(losses, "a state that no open descriptor shows");
		return SAID_NOT;
	}
	if (state->tail)
		losses_add(losses, "what stands behind the state");
	*code = arena_printf(losses->arena, "assert tcpi_state == %s, tcpi_state", there);
	return SAID;
}
