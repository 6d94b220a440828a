/*
 * Finds calls that cannot return, because what they wait for is injected by a line behind them,
 * which is not reached. Only descriptors of the test's own process are followed.
 */
#include "program/linting.h"
#include "program/records.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

static struct lint_descriptor *descriptor_at(struct linting *l, int64_t number)
{
	return number >= 0 && number < LINT_DESCRIPTORS ? &l->descriptors[number] : NULL;
}

/*
 * The descriptor in the first argument of a call that the test's own process makes; NULL when there
 * is none.
 */
static struct lint_descriptor *descriptor_of(struct linting *l, const struct call_want *call)
{
	return call->row->arguments[0] == ARG_FD && call->count && !call->process
	               ? descriptor_at(l, call->arguments[0].number)
	               : NULL;
}

static int64_t argument(const struct call_want *call, size_t index)
{
	return index < call->count && call->arguments[index].kind == VALUE_NUMBER
	               ? call->arguments[index].number
	               : 0;
}

static bool is_named(const struct call_want *call, const char *name)
{
	return !strcmp(call->row->name, name);
}

static bool may_succeed(const struct call_want *call)
{
	return call->result.kind != VALUE_NUMBER || call->result.number >= 0;
}

/*
 * Tells whether the script expects a result that the call has only after it has waited, or when it
 * need not wait.
 */
static bool would_wait(const struct linting *l, const struct step *step,
                       const struct lint_descriptor *descriptor)
{
	const struct call_want *call = step->call;

	return !l->foreign && !call->blocking && !descriptor->nonblocking && !descriptor->timeout &&
	       (may_succeed(call) || call->error == EAGAIN || call->error == EINPROGRESS);
}

/* ---- accept ---- */

static struct lint_flow *waiting(const struct linting *l)
{
	struct lint_flow *flow = l->flows;

	while (flow && (!flow->begun_by_peer || !flow->ready || flow->accepted))
		flow = flow->next;
	return flow;
}

static void take_accept(struct linting *l, const struct step *step,
                        const struct lint_descriptor *listener)
{
	const struct call_want *call = step->call;
	struct lint_flow *flow = waiting(l);

	if (!flow && listener->listening && !l->vague && would_wait(l, step, listener) &&
	    lint_warn(l, step, step->where,
	              "no handshake is complete here: this %s does not return", call->row->name))
		diag_hint(l->diag,
		          "the peer's ACK is missing before it, such as < . 1:1(0) ack 1 win "
		          "65535; a call that shall wait is written +0...0.1 %s(...)",
		          call->row->name);
	struct lint_descriptor *accepted = descriptor_at(l, call->result.number);
	if (!accepted || !may_succeed(call))
		return;
	*accepted = (struct lint_descriptor){
		.stream = true,
		.flow = l->vague ? NULL : flow,
		.nonblocking = argument(call, 3) & SOCK_NONBLOCK,
		.timeout = listener->timeout,
	};
	if (flow)
		flow->accepted = true;
	/* When there are several, it is not followed which one a line without ports means now. */
	l->vague |= flow && l->current && flow != l->current;
}

/* ---- reading ---- */

static bool is_reading(const struct call_want *call)
{
	enum argument_kind second = call->row->arguments[1];

	return second == ARG_BUFFER_OUT || second == ARG_IOVEC_OUT || second == ARG_MESSAGE_OUT;
}

static void take_reading(struct linting *l, const struct step *step,
                         struct lint_descriptor *descriptor)
{
	const struct call_want *call = step->call;
	struct lint_flow *flow = descriptor->flow;
	bool message = call->row->arguments[1] == ARG_MESSAGE_OUT;
	int64_t flags = argument(call, message ? 2 : 3);
	bool empty = call->row->arguments[2] == ARG_SIZE && argument(call, 2) == 0;

	if (!flow || l->vague)
		return;
	if (!flow->unread && !flow->peer.fin && !flow->reset && !descriptor->shut && !empty &&
	    !(flags & (MSG_DONTWAIT | MSG_ERRQUEUE | MSG_OOB)) && would_wait(l, step, descriptor) &&
	    lint_warn(l, step, step->where,
	              "there is nothing to read here: this %s does not return", call->row->name))
		diag_hint(l->diag,
		          "the socket blocks; set O_NONBLOCK to get -1 EAGAIN, or "
		          "write +0...0.1 %s(...) to let the call wait",
		          call->row->name);
	if (call->result.kind != VALUE_NUMBER || flags & (MSG_PEEK | MSG_OOB))
		return;
	int64_t read = call->result.number;
	flow->unread -= read > 0 && (uint64_t)read < flow->unread ? (uint64_t)read : flow->unread;
}

/* ---- connecting ---- */

static void take_connect(struct linting *l, const struct step *step,
                         struct lint_descriptor *descriptor)
{
	const struct call_want *call = step->call;

	/*
	 * The script connects to an address of its own choice, and we do not know who answers
	 * there.
	 */
	if (call->arguments[1].kind != VALUE_ANY) {
		l->foreign = true;
		return;
	}
	if (descriptor->stream && !descriptor->fast_open && would_wait(l, step, descriptor) &&
	    lint_warn(l, step, step->where,
	              "the SYN is answered only after this line: this connect does not return"))
		diag_hint(l->diag, "let it wait: +0...0.1 connect(...) = 0; or set the socket to "
		                   "O_NONBLOCK before, for -1 EINPROGRESS");
}

/* ---- waiting for events ---- */

/* A member of a structure that the script has written; 0 without it. */
static int64_t member(const struct value *record, const char *name)
{
	for (uint32_t i = 0; record->kind == VALUE_RECORD && i < record->count; i++)
		if (record->items[i].field && !strcmp(record->items[i].field->name, name))
			return record->items[i].number;
	return 0;
}

/* Is there an event, or might there be one for all that is known? */
static bool may_have_event(struct linting *l, const struct value *poll)
{
	const struct lint_descriptor *descriptor = descriptor_at(l, member(poll, "fd"));
	const struct lint_flow *flow = descriptor ? descriptor->flow : NULL;
	int64_t events = member(poll, "events");

	if (!descriptor || (!flow && !descriptor->listening) || events & ~(int64_t)POLLIN)
		return true;
	if (descriptor->listening)
		return waiting(l) != NULL;
	return (events && (flow->unread || flow->peer.fin)) || flow->reset || descriptor->shut;
}

static bool has_no_event(struct linting *l, const struct value *list)
{
	for (uint32_t i = 0; i < list->count; i++)
		if (list->kind != VALUE_LIST || may_have_event(l, &list->items[i]))
			return false;
	return list->kind == VALUE_LIST && !l->foreign && !l->vague;
}

/* poll() and epoll_wait() with a time of -1. */
static void take_waiting(struct linting *l, const struct step *step)
{
	const struct call_want *call = step->call;
	bool poll = is_named(call, "poll"), in_vain;
	size_t index = poll ? 2 : 3;

	if ((!poll && !is_named(call, "epoll_wait")) || call->blocking || !may_succeed(call) ||
	    call->count <= index || argument(call, index) >= 0)
		return;
	in_vain = call->result.kind == VALUE_NUMBER && call->result.number == 0;
	if ((in_vain || (poll && has_no_event(l, &call->arguments[0]))) &&
	    lint_warn(l, step, step->where,
	              "there is no event here, and no time after which this %s ends: it does not "
	              "return",
	              call->row->name))
		diag_hint(l->diag,
		          "give it a time in milliseconds instead of -1 (0: it only looks), or let "
		          "it wait: +0...0.1 %s(...)",
		          call->row->name);
}

/* ---- lingering ---- */

/* Another descriptor keeps the connection open. */
static bool is_kept(const struct linting *l, const struct lint_descriptor *descriptor)
{
	for (size_t i = 0; i < LINT_DESCRIPTORS; i++)
		if (&l->descriptors[i] != descriptor && l->descriptors[i].flow == descriptor->flow)
			return true;
	return false;
}

/*
 * It waits until its FIN is acknowledged, also on a socket with O_NONBLOCK; but where data was not
 * read it is a RST, and ends at once.
 */
static void take_close(struct linting *l, const struct step *step,
                       struct lint_descriptor *descriptor)
{
	const struct call_want *call = step->call;
	const struct lint_flow *flow = descriptor->flow;

	if (flow && descriptor->linger > 0 && !call->blocking && may_succeed(call) &&
	    !flow->kernel.fin && !flow->unread && !flow->reset && !l->foreign && !l->vague &&
	    !is_kept(l, descriptor) &&
	    lint_warn(l, step, step->where,
	              "SO_LINGER lets this close wait for the peer's acknowledgment, which can "
	              "only come behind this line"))
		diag_hint(l->diag,
		          "it waits for %lld s; write +0...0.1 close(...) to go on with the script "
		          "meanwhile",
		          (long long)descriptor->linger);
	*descriptor = (struct lint_descriptor){ .stream = false };
}

/* ---- what a descriptor becomes ---- */

static void take_option(struct lint_descriptor *descriptor, const struct call_want *call)
{
	int64_t level = argument(call, 1), option = argument(call, 2);

	if (level == SOL_SOCKET && (option == SO_RCVTIMEO || option == SO_SNDTIMEO))
		descriptor->timeout = true;
	if (level == SOL_SOCKET && option == SO_LINGER && call->count > 3)
		descriptor->linger = member(&call->arguments[3], "onoff")
		                             ? member(&call->arguments[3], "linger")
		                             : 0;
	/* It reports a connection, but connect() sends nothing. */
	if (level == IPPROTO_TCP && (option == TCP_FASTOPEN_CONNECT || option == TCP_REPAIR))
		descriptor->fast_open = true;
}

static void take_listen(struct linting *l, const struct call_want *call,
                        struct lint_descriptor *descriptor)
{
	int64_t backlog = argument(call, 1);

	descriptor->listening = true;
	/*
	 * With several listeners, it is not followed whose queue is full. A negative backlog means
	 * the largest.
	 */
	if (l->listener++ || backlog < 0)
		backlog = INT64_MAX;
	if (backlog > l->backlog || l->listener == 1)
		l->backlog = backlog;
}

static void take_setting(struct lint_descriptor *descriptor, const struct call_want *call)
{
	if (is_named(call, "fcntl") && argument(call, 1) == F_SETFL)
		descriptor->nonblocking = argument(call, 2) & O_NONBLOCK;
	else if (is_named(call, "ioctl") && argument(call, 1) == FIONBIO)
		descriptor->nonblocking = true;
	else if (is_named(call, "setsockopt"))
		take_option(descriptor, call);
	else if (is_named(call, "shutdown") && argument(call, 1) != SHUT_WR)
		descriptor->shut = true;
}

static void take_new(struct linting *l, const struct call_want *call)
{
	struct lint_descriptor *made = descriptor_at(l, call->result.number);

	if (!made || !may_succeed(call))
		return;
	*made = (struct lint_descriptor){ .stream = false };
	if (call->row->effect == EFFECT_DUP && descriptor_of(l, call))
		*made = *descriptor_of(l, call);
	if (call->row->effect != EFFECT_SOCKET)
		return;
	/* From now on, a line without ports means the new connection. */
	l->current = NULL;
	made->stream = (argument(call, 1) & 0xf) == SOCK_STREAM;
	made->nonblocking = argument(call, 1) & SOCK_NONBLOCK;
}

/* An error of the connection, which is then over; not an error of the call alone. */
static void take_error(struct lint_descriptor *descriptor, int error)
{
	static const int ends[] = { ETIMEDOUT,    ECONNRESET,   EPIPE,       ECONNREFUSED,
		                    ECONNABORTED, EHOSTUNREACH, ENETUNREACH, EPROTO };

	for (size_t i = 0; descriptor && descriptor->flow && i < sizeof(ends) / sizeof(*ends); i++)
		descriptor->flow->reset |= error == ends[i];
}

void lint_call(struct linting *l, const struct step *step)
{
	const struct call_want *call = step->call;
	struct lint_descriptor *descriptor = descriptor_of(l, call);

	if (call->process)
		return;
	take_error(descriptor, call->error);
	take_waiting(l, step);
	l->waits |= call->blocking;
	if (call->row->effect == EFFECT_ACCEPT && descriptor) {
		take_accept(l, step, descriptor);
		return;
	}
	if (call->row->result == RESULT_DESCRIPTOR)
		take_new(l, call);
	if (!descriptor)
		return;
	if (call->row->effect == EFFECT_LISTEN)
		take_listen(l, call, descriptor);
	else if (call->row->effect == EFFECT_CONNECT)
		take_connect(l, step, descriptor);
	else if (call->row->effect == EFFECT_CLOSE)
		take_close(l, step, descriptor);
	else if (is_reading(call))
		take_reading(l, step, descriptor);
	else
		take_setting(descriptor, call);
}

/* The call ends the sending side of a connection that nobody has ended. */
bool lint_closes(struct linting *l, const struct step *step)
{
	const struct call_want *call = step->call;
	const struct lint_descriptor *descriptor = descriptor_of(l, call);
	bool shuts = is_named(call, "shutdown") && argument(call, 1) != SHUT_RD;
	const struct lint_flow *flow = descriptor ? descriptor->flow : NULL;

	return (call->row->effect == EFFECT_CLOSE || shuts) && may_succeed(call) && flow &&
	       !flow->reset && !(flow->peer.fin && flow->kernel.fin) && !l->foreign && !l->vague;
}
