#include "check/shadow.h"

#include <netinet/icmp6.h>
#include <netinet/in.h>
#include <netinet/ip_icmp.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>

#include "check/shadow_binds.h"
#include "check/shadow_signals.h"
#include "check/shadow_terms.h"
#include "base/signal_kind.h"
#include "model/poll_rules.h"
#include "model/signal_rules.h"
#include "program/syscalls.h"

enum { CONNECTIONS = 64 }; /* of one run; further ones are not judged */

/* A descriptor of the script. Several may refer to the same socket. */
struct shadow_file {
	/* The number of the socket, from 1; 0: the descriptor is closed, or not a socket. */
	unsigned socket;
	unsigned connection;
	bool listens;
	bool aborts; /* SO_LINGER {1, 0} */
	bool accepted;
	uint8_t generation; /* of its connection; 0: not known yet */
	struct {
		unsigned sockets; /* how many are in the set; more than one are not judged */
		int64_t descriptor;
		unsigned socket;
		short events;
	} epoll; /* of an epoll descriptor */
};

/* As the kernel sends them; 0: it has not sent yet. */
struct shadow_ports {
	uint16_t local, remote;
};

struct shadow_numbers {
	bool known;
	bool again;       /* a SYN with another number came */
	uint32_t first;   /* in the script's numbers: that of the first SYN that was injected */
	bool bare;        /* the last segment that was injected had no ACK */
	uint32_t unacked; /* where that segment ends */
};

struct shadow {
	const struct program *program;
	struct model_circumstances terms;
	struct model *models
		/* The index is the number of the connection, less 1; NULL: not seen yet. */
		[CONNECTIONS];
	struct shadow_ports ports[CONNECTIONS];
	struct shadow_numbers numbers[CONNECTIONS];
	struct shadow_file files[SCRIPT_DESCRIPTORS];
	struct shadow_binds binds;
	struct shadow_signals signals;
	bool taken[CONNECTIONS]; /* by accept(2); the index is that of models */
	struct bound listener;   /* what the first one allowed its children */
	unsigned listeners, accepts;
	bool has_listener, listener_ended;
	int64_t backlog; /* of the only listener */
	unsigned sockets;
	unsigned connecting; /* a socket whose SYN was not seen yet; 0: none */
	unsigned blocked;    /* calls that are pending */
	bool uncounted;      /* a connection began again, and what it had counted is lost */
	struct shadow_result *result;
	const struct event *event; /* the event that is being told to the models */
	uint64_t place;
};

/* ---- models ---- */

struct shadow_model {
	struct model model; /* first: freed by it */
	struct model_circumstances terms;
	struct tcb candidates[MODEL_CANDIDATES];
};

static void begin_anew(const struct shadow *shadow, struct model *model)
{
	struct shadow_model *own = (struct shadow_model *)model;

	own->terms = shadow->terms;
	model_init(model, own->candidates, MODEL_CANDIDATES, &own->terms, shadow->event->at, false);
	/* With cookies the kernel keeps nothing of a SYN, and the model does not know that. */
	if (own->terms.cookies)
		model_silence(model);
}

static struct model *model_of(struct shadow *shadow, unsigned connection)
{
	if (connection == 0 || connection > CONNECTIONS)
		return NULL;
	if (!shadow->models[connection - 1]) {
		struct shadow_model *own = malloc(sizeof(*own));

		if (own)
			begin_anew(shadow, &own->model);
		shadow->models[connection - 1] = own ? &own->model : NULL;
	}
	return shadow->models[connection - 1];
}

/* From now on too little is known of any connection. */
static void silence_all(struct shadow *shadow)
{
	for (unsigned i = 0; i < CONNECTIONS; i++)
		if (shadow->models[i])
			model_silence(shadow->models[i]);
}

/* The call may have been made or not; both are possible. */
static void perhaps_called(struct shadow *shadow, unsigned connection, enum call_kind kind)
{
	struct call call = { .kind = kind };
	struct model *model = model_of(shadow, connection);

	if (model)
		model_perhaps_called(model, &call, shadow->event->at);
}

static void note(struct shadow *shadow, unsigned connection, bool found)
{
	const struct model *model;

	if (!found || shadow->result->found)
		return;
	model = shadow->models[connection - 1];
	shadow->result->found = true;
	shadow->result->finding.model = model->finding;
	shadow->result->finding.connection = connection;
	shadow->result->finding.event = shadow->event;
}

/* A finding that is of no one connection. */
static void find_of_none(struct shadow *shadow, const struct rule *rule)
{
	if (shadow->result->found)
		return;
	shadow->result->found = true;
	shadow->result->finding.event = shadow->event;
	shadow->result->finding.model = (struct model_finding){
		.rule = rule,
		.at = shadow->event->at,
		.place = shadow->place,
	};
}

/* ---- descriptors ---- */

static struct shadow_file *file_of(struct shadow *shadow, int64_t descriptor)
{
	return descriptor >= 0 && descriptor < SCRIPT_DESCRIPTORS ? &shadow->files[descriptor]
	                                                          : NULL;
}

static bool is_last(const struct shadow *shadow, const struct shadow_file *file)
{
	unsigned count = 0;

	for (size_t i = 0; i < SCRIPT_DESCRIPTORS; i++)
		count += shadow->files[i].socket == file->socket;
	return count == 1;
}

/* An option is of the socket, whichever descriptor it is set by. */
static void set_linger(struct shadow *shadow, unsigned socket, bool aborts)
{
	for (size_t i = 0; i < SCRIPT_DESCRIPTORS; i++)
		if (shadow->files[i].socket == socket)
			shadow->files[i].aborts = aborts;
}

static uint8_t generation_of(const struct shadow *shadow, unsigned connection)
{
	const struct model *model =
		connection && connection <= CONNECTIONS ? shadow->models[connection - 1] : NULL;

	return model ? model->candidates[0].generation : 0;
}

/* Is the connection of a descriptor gone, and another one on its ports? The first call tells. */
static bool is_of_another(struct shadow *shadow, const struct call_want *want)
{
	unsigned connection = shadow->event->connection;
	struct shadow_file *file = want->row->arguments[0] == ARG_FD
	                                   ? file_of(shadow, want->arguments[0].number)
	                                   : NULL;

	if (!file || !file->accepted || !connection)
		return false;
	if (!file->generation)
		file->generation = generation_of(shadow, connection);
	return file->generation != generation_of(shadow, connection);
}

/* ---- ports ---- */

static bool has_descriptor(const struct shadow *shadow, unsigned connection)
{
	for (size_t i = 0; i < SCRIPT_DESCRIPTORS; i++)
		if (shadow->files[i].socket && shadow->files[i].connection == connection)
			return true;
	return false;
}

/*
 * Connections that came from a listener have its port, also in TIME-WAIT; perhaps also a descriptor
 * whose connection has ended.
 */
static size_t connections_bound(const struct shadow *shadow, struct bound *list)
{
	size_t count = 0;

	for (unsigned i = 0; i < CONNECTIONS; i++) {
		const struct model *model = shadow->models[i];
		struct bound child = { .address = shadow->binds.own,
			               .port = shadow->ports[i].local };
		unsigned states = model ? model_states(model) : 0;

		if (!model || (states == IN(CLOSED) && !has_descriptor(shadow, i + 1)))
			continue;
		child.reuse = shadow->listener.reuse;
		child.share = shadow->listener.share;
		child.perhaps = !model->candidates[0].passive || !shadow->has_listener ||
		                shadow->listener.perhaps || model->silent ||
		                (states & ~SYNCHRONIZED) ||
		                model_may_have_expired(model, shadow->event->at);
		list[count++] = child;
	}
	return count;
}

static void judge_ports(struct shadow *shadow, const struct call_want *want)
{
	struct bound list[CONNECTIONS + SHADOW_SOCKETS];
	const struct shadow_file *file = want->row->arguments[0] == ARG_FD
	                                         ? file_of(shadow, want->arguments[0].number)
	                                         : NULL;
	const struct rule *rule;

	if (!file || !shadow->terms.calls_known || shadow->sockets > SHADOW_SOCKETS)
		return;
	rule = shadow_binds_returned(&shadow->binds, file->socket, want, shadow->event, list,
	                             connections_bound(shadow, list));
	if (rule)
		find_of_none(shadow, rule);
}

/* What a call that succeeded made of the script's descriptors. */
static void follow_descriptors(struct shadow *shadow, const struct call_want *want)
{
	struct shadow_file *made = file_of(shadow, shadow->event->result);
	struct shadow_file *file = file_of(shadow, want->arguments[0].number);
	bool aborts;

	if (shadow->event->result < 0)
		return;
	if (terms_of_linger(want, &aborts) && file)
		set_linger(shadow, file->socket, aborts);
	switch (want->row->effect) {
	case EFFECT_LISTEN:
		if (file) {
			const struct bound *bound = shadow_binds_of(&shadow->binds, file->socket);

			file->listens = true;
			/* Of several it is not known whose child a connection is. */
			if (bound && shadow->has_listener)
				shadow->listener.perhaps = true;
			else if (bound)
				shadow->listener = *bound;
			shadow->has_listener = true;
			shadow->listeners++;
			shadow->backlog = want->arguments[1].number;
		}
		return;
	case EFFECT_SOCKET:
	case EFFECT_ACCEPT:
		shadow->accepts += want->row->effect == EFFECT_ACCEPT;
		if (made)
			*made = (struct shadow_file){
				.socket = ++shadow->sockets,
				.accepted = want->row->effect == EFFECT_ACCEPT,
				.aborts =
					want->row->effect == EFFECT_ACCEPT && file && file->aborts,
			};
		if (made && want->row->effect == EFFECT_SOCKET)
			shadow_binds_opened(&shadow->binds, made->socket, want);
		return;
	case EFFECT_DUP:
		if (made && file)
			*made = *file;
		return;
	case EFFECT_CLOSE:
		if (file && is_last(shadow, file))
			shadow_binds_closed(&shadow->binds, file->socket);
		if (file)
			memset(file, 0, sizeof(*file));
		return;
	case EFFECT_NONE:
	case EFFECT_CONNECT:
	case EFFECT_SEND_TO:
	case EFFECT_CLOSE_RANGE: /* nothing is known of calls then, see shadow_terms.c */
	case EFFECT_PAIR:
		return;
	}
}

/* ---- calls ---- */

/* Connections that nobody accepted end with their listener. */
static void listener_ends(struct shadow *shadow)
{
	for (unsigned i = 0; i < CONNECTIONS; i++)
		if (shadow->models[i] && !shadow->taken[i]) {
			perhaps_called(shadow, i + 1, CALL_ABORT);
			model_listener_closed(shadow->models[i]);
		}
}

/*
 * Tells the model of a call on a socket. When one of several descriptors is closed, the socket
 * stays open.
 */
static bool tell_call(struct shadow *shadow, const struct call_want *want, struct call *call)
{
	struct shadow_file *file = file_of(shadow, want->arguments[0].number);

	if (want->row->arguments[0] != ARG_FD || !file || !terms_of_call(want, call))
		return false;
	bool ends = call->kind == CALL_CLOSE || call->kind == CALL_ABORT ||
	            call->kind == CALL_LINGER || call->kind == CALL_SHUT_READ ||
	            call->kind == CALL_SHUT_BOTH;

	if (file->listens && ends) {
		shadow->listener_ended = true;
		listener_ends(shadow);
		shadow_binds_unlistened(&shadow->binds, file->socket);
	}
	if (call->kind == CALL_CLOSE && !is_last(shadow, file))
		return false;
	if (call->kind == CALL_CLOSE && file->aborts)
		call->kind = CALL_LINGER;
	return true;
}

static bool is_of_listener(struct shadow *shadow, const struct call_want *want)
{
	const struct shadow_file *file = file_of(shadow, want->arguments[0].number);

	return file && file->listens;
}

/* Calls are not seen any more, of any connection. */
static void lose_calls(struct shadow *shadow)
{
	shadow->terms.calls_known = false;
	for (unsigned i = 0; i < CONNECTIONS; i++)
		if (shadow->models[i])
			((struct shadow_model *)shadow->models[i])->terms.calls_known = false;
}

/* Children of the listener would have it, too, and are not followed. */
static void set_in_line(struct shadow *shadow, struct model *model, bool listens, bool in_line)
{
	if (listens)
		lose_calls(shadow);
	else if (model)
		model_urgent_in_line(model, in_line);
}

/* Was nothing sent or taken yet? Or is it a request, which becomes a socket later? */
static bool is_to_come(const struct tcb *tcb)
{
	return (!tcb->syn_sent && !tcb->syn_received) ||
	       (tcb->passive && tcb->state == STATE_SYN_RECV);
}

/*
 * An option of a listener, or of a socket without a connection, is that of what comes of it. A
 * connection has what its listener has when the handshake ends.
 */
static void take_option(struct shadow *shadow, const struct call_want *want, struct model *model)
{
	usec_t at = shadow->event->at;

	if (model && !is_of_listener(shadow, want)) {
		terms_of_option(want, at, &((struct shadow_model *)model)->terms);
		return;
	}
	terms_of_option(want, at, &shadow->terms);
	for (unsigned i = 0; i < CONNECTIONS; i++) {
		struct shadow_model *other = (struct shadow_model *)shadow->models[i];

		if (other && is_to_come(&other->candidates[0]))
			terms_of_option(want, at, &other->terms);
	}
}

static void made(struct shadow *shadow, const struct call_want *want)
{
	const struct event *event = shadow->event;
	struct model *model = model_of(shadow, event->connection);
	struct call call;
	bool in_line;

	if (terms_are_strange(want))
		silence_all(shadow);
	/* What goes to the machine itself passes no cable, so none of it is seen. */
	if (model && shadow_binds_is_own(&shadow->binds, want))
		model_silence(model);
	if (event->result >= 0)
		take_option(shadow, want, model);
	if (event->result >= 0 && terms_of_urgent(want, &in_line))
		set_in_line(shadow, model, is_of_listener(shadow, want), in_line);
	if (!shadow->terms.calls_known || !tell_call(shadow, want, &call) || !model ||
	    is_of_another(shadow, want))
		return;
	/* A close during another call takes effect when that call returns. */
	if (shadow->blocked > 0 && call.kind == CALL_CLOSE)
		lose_calls(shadow);
	else if (event->kind == EVENT_CALL_BEGUN || event->result >= 0)
		note(shadow, event->connection,
		     model_called(model, &call, event->at, shadow->place));
}

static void returned(struct shadow *shadow, const struct call_want *want)
{
	const struct event *event = shadow->event;
	struct model *model = model_of(shadow, event->connection);
	struct call call;

	if (shadow->terms.calls_known && model && want->row->arguments[0] == ARG_FD &&
	    terms_of_call(want, &call) && !is_of_another(shadow, want)) {
		const struct shadow_file *file = file_of(shadow, want->arguments[0].number);

		call.result = call.kind == CALL_AT_MARK || call.kind == CALL_QUEUED ? event->value
		                                                                    : event->result;
		call.error = call.kind == CALL_ERROR ? event->value : event->error;
		call.accepted = file && file->accepted;
		call.waited = event->kind == EVENT_CALL_RETURNED;
		note(shadow, event->connection,
		     model_returned(model, &call, event->at, shadow->place));
	}
}

/* ---- events ---- */

static const struct step *step_of(const struct shadow *shadow, const struct event *event)
{
	for (size_t i = 0; i < shadow->program->count; i++) {
		const struct step *step = &shadow->program->steps[i];

		if (step->where.begin == event->where.begin && step->where.end == event->where.end)
			return step;
	}
	return NULL;
}

static int64_t field_of(const struct value *record, const char *name)
{
	for (uint32_t i = 0; record->kind == VALUE_RECORD && i < record->count; i++)
		if (record->items[i].field && !strcmp(record->items[i].field->name, name))
			return record->items[i].number;
	return -1;
}

/* Fast Open: a program may have it before the handshake is over. */
static bool model_may_be_early(const struct model *model)
{
	for (unsigned i = 0; i < model->count; i++)
		if (model->candidates[i].fast_open)
			return true;
	return false;
}

/* What it says of the only listener: who waits there is seen where all calls are. */
static void judge_listener(struct shadow *shadow, short events)
{
	unsigned complete = 0, perhaps = 0; /* handshakes that are over */
	const struct rule *rule;

	if (shadow->listeners != 1 || shadow->listener_ended || !shadow->terms.calls_known ||
	    shadow->terms.cookies)
		return;
	for (unsigned i = 0; i < CONNECTIONS; i++) {
		const struct model *model = shadow->models[i];
		unsigned states = model ? model_states(model) : 0;

		if (!model || !(model->candidates[0].passive || model->silent))
			continue;
		complete += !model->silent && (states & ~SYNCHRONIZED) == 0;
		perhaps += model->silent || states != IN(SYN_RECV) || model_may_be_early(model);
	}
	rule = poll_judge_listener(complete > shadow->accepts, perhaps <= shadow->accepts, events,
	                           shadow->event->revents);
	if (rule)
		find_of_none(shadow, rule);
}

/* What poll() or epoll_wait() says of one descriptor, which has a connection. */
static void judge_poll(struct shadow *shadow, const struct shadow_file *file, short events)
{
	const struct event *event = shadow->event;

	if (file && file->listens)
		judge_listener(shadow, events);
	if (!file || file->listens || !file->connection || !shadow->models[file->connection - 1] ||
	    (file->generation && file->generation != generation_of(shadow, file->connection)) ||
	    shadow->models[file->connection - 1]->circumstances->low_water)
		return;
	if (shadow->models[file->connection - 1]->circumstances->little_room)
		events &= ~(POLLOUT | POLLWRNORM);
	note(shadow, file->connection,
	     model_poll_seen(shadow->models[file->connection - 1], events, event->revents,
	                     event->at, shadow->place));
}

static void tell_poll(struct shadow *shadow, const struct call_want *want)
{
	const struct value *list = &want->arguments[0];

	if (want->row->arguments[0] != ARG_POLL || list->count != 1 || shadow->event->result < 0)
		return;
	judge_poll(shadow, file_of(shadow, field_of(&list->items[0], "fd")),
	           (short)field_of(&list->items[0], "events"));
}

/* A set is judged that has one descriptor, which is told of again and again (epoll(7)). */
static void follow_epoll_ctl(struct shadow *shadow, const struct call_want *want)
{
	struct shadow_file *set = file_of(shadow, want->arguments[0].number);
	const struct shadow_file *file = file_of(shadow, want->arguments[2].number);
	int64_t events = field_of(&want->arguments[3], "events");

	if (!set || !file || shadow->event->result < 0)
		return;
	switch (want->arguments[1].number) {
	case EPOLL_CTL_ADD:
		set->epoll.sockets++;
		break;
	case EPOLL_CTL_DEL:
		set->epoll.sockets--;
		return;
	default:
		break;
	}
	if ((uint64_t)events & (EPOLLET | EPOLLONESHOT | EPOLLEXCLUSIVE))
		set->epoll.sockets += 2; /* it is told of once */
	set->epoll.descriptor = want->arguments[2].number;
	set->epoll.socket = file->socket;
	set->epoll.events = (short)events;
}

static void tell_epoll(struct shadow *shadow, const struct call_want *want)
{
	const struct shadow_file *set, *file;

	if (want->row->arguments[3] == ARG_EVENT_IN)
		follow_epoll_ctl(shadow, want);
	if (want->row->arguments[1] != ARG_EVENTS_OUT || shadow->event->result < 0)
		return;
	set = file_of(shadow, want->arguments[0].number);
	if (!set || set->epoll.sockets != 1)
		return;
	file = file_of(shadow, set->epoll.descriptor);
	if (file && file->socket == set->epoll.socket)
		judge_poll(shadow, file, set->epoll.events);
}

/* Any call on a descriptor shows which connection it has. */
static void meet_descriptor(struct shadow *shadow, const struct call_want *want)
{
	struct shadow_file *file = want->row->arguments[0] == ARG_FD
	                                   ? file_of(shadow, want->arguments[0].number)
	                                   : NULL;

	if (file && file->socket && shadow->event->connection &&
	    shadow->event->connection <= CONNECTIONS) {
		file->connection = shadow->event->connection;
		shadow->taken[file->connection - 1] |= file->accepted;
	}
	if (file && want->row->effect == EFFECT_CONNECT)
		shadow->connecting = file->socket;
}

/* ... and so does its SYN, which comes after the call. */
static void meet_syn(struct shadow *shadow)
{
	const struct event *event = shadow->event;
	bool syn = (event->segment.tcp.flags & (TCP_SYN | TCP_ACK)) == TCP_SYN;

	for (size_t i = 0; syn && shadow->connecting && i < SCRIPT_DESCRIPTORS; i++)
		if (shadow->files[i].socket == shadow->connecting && !shadow->files[i].connection)
			shadow->files[i].connection = event->connection;
	if (syn)
		shadow->connecting = 0;
}

static unsigned socket_of_call(struct shadow *shadow, const struct call_want *want)
{
	const struct shadow_file *file = want->row->arguments[0] == ARG_FD
	                                         ? file_of(shadow, want->arguments[0].number)
	                                         : NULL;

	return file ? file->socket : 0;
}

static void tell_step(struct shadow *shadow, const struct step *step)
{
	const struct event *event = shadow->event;

	if (step->kind != STEP_CALL)
		return;
	meet_descriptor(shadow, step->call);
	switch (event->kind) {
	case EVENT_CALL:
		shadow_signals_called(&shadow->signals, socket_of_call(shadow, step->call),
		                      step->call, event);
		/* The result is about what was there before the call. */
		returned(shadow, step->call);
		made(shadow, step->call);
		tell_poll(shadow, step->call);
		tell_epoll(shadow, step->call);
		judge_ports(shadow, step->call);
		follow_descriptors(shadow, step->call);
		break;
	case EVENT_CALL_BEGUN:
		made(shadow, step->call);
		shadow->blocked++;
		break;
	case EVENT_CALL_RETURNED:
		shadow_signals_called(&shadow->signals, socket_of_call(shadow, step->call),
		                      step->call, event);
		returned(shadow, step->call);
		if (shadow->blocked > 0)
			shadow->blocked--;
		else
			made(shadow, step->call); /* it was over before it could sleep */
		follow_descriptors(shadow, step->call);
		break;
	case EVENT_INJECTED:
	case EVENT_SENT:
	case EVENT_COMMAND:
	case EVENT_OBSERVED:
	case EVENT_ENDED:
		break;
	}
}

/*
 * A socket that connects again from another port has another connection. When a connection gets
 * ports that another one had, the two cannot be told apart.
 */
static void look_for_reuse(struct shadow *shadow)
{
	const struct event *event = shadow->event;
	const struct tcp_header *tcp = &event->segment.tcp;
	struct shadow_ports *own = &shadow->ports[event->connection - 1];

	if (own->remote && (own->local != tcp->source || own->remote != tcp->destination)) {
		begin_anew(shadow, shadow->models[event->connection - 1]);
		shadow->uncounted = true;
	}
	/* It talks to itself. */
	if (tcp->source == tcp->destination)
		model_silence(shadow->models[event->connection - 1]);
	own->local = tcp->source;
	own->remote = tcp->destination;
	for (unsigned i = 0; i < CONNECTIONS; i++)
		if (i != event->connection - 1 && shadow->models[i] &&
		    shadow->ports[i].local == own->local &&
		    shadow->ports[i].remote == own->remote) {
			model_silence(shadow->models[i]);
			model_silence(shadow->models[event->connection - 1]);
		}
}

/* Is it a number that the endpoint has in use? */
static bool is_sequence_of(const struct model *model, const struct segment *segment)
{
	for (unsigned i = 0; model && i < model->count; i++) {
		const struct tcb *tcb = &model->candidates[i];

		if (tcb->send_known &&
		    seq_within(tcb->snd_una, segment->tcp.sequence, tcb->snd_nxt))
			return true;
	}
	return false;
}

/*
 * In the trace, the numbers are those of a script: in a SYN they are as written, elsewhere they
 * count from the SYN. Here all must count from the first SYN. Returns false for a later SYN that
 * opens the connection again: what follows counts from that one.
 */
static bool count_from_syn(struct shadow *shadow, struct segment *segment)
{
	struct shadow_numbers *numbers = &shadow->numbers[shadow->event->connection - 1];
	bool injected = shadow->event->kind == EVENT_INJECTED;
	unsigned flags = segment->tcp.flags;

	if (flags & TCP_SYN && injected && !numbers->known) {
		numbers->known = true;
		numbers->first = segment->tcp.sequence;
	}
	if (flags & TCP_SYN && injected) {
		segment->tcp.sequence -= numbers->first;
		numbers->again |= segment->tcp.sequence != 0;
	} else if (flags & TCP_SYN && flags & TCP_ACK) {
		segment->tcp.acknowledgment -= numbers->first;
	}
	/* <SEQ=0> on the wire is not a number of the script. */
	if (!injected && numbers->bare && (flags & (TCP_RST | TCP_ACK)) == (TCP_RST | TCP_ACK) &&
	    segment->tcp.acknowledgment == numbers->unacked &&
	    !is_sequence_of(shadow->models[shadow->event->connection - 1], segment))
		segment->tcp.sequence = 0;
	if (injected) {
		numbers->bare = !(flags & TCP_ACK);
		numbers->unacked = seq_end(segment);
	}
	return !(numbers->again && !injected && flags & TCP_SYN &&
	         segment->tcp.acknowledgment != 1);
}

/* What is too narrow for a segment, or a better way, is not followed. */
static bool is_icmp_about(const struct shadow *shadow)
{
	const struct event *event = shadow->event;
	const struct segment *segment = &event->segment;
	bool error = segment->protocol == IPPROTO_ICMP
	                     ? segment->icmp.type == ICMP_DEST_UNREACH
	                               ? segment->icmp.code != ICMP_FRAG_NEEDED
	                               : segment->icmp.type == ICMP_TIME_EXCEEDED ||
	                                         segment->icmp.type == ICMP_PARAMETERPROB ||
	                                         segment->icmp.type == ICMP_SOURCE_QUENCH
	                     : segment->protocol == IPPROTO_ICMPV6 &&
	                               (segment->icmp.type == ICMP6_DST_UNREACH ||
	                                segment->icmp.type == ICMP6_TIME_EXCEEDED ||
	                                segment->icmp.type == ICMP6_PARAM_PROB);

	return error && event->kind == EVENT_INJECTED && !segment->fixed &&
	       segment->icmp.quote.protocol == IPPROTO_TCP && event->connection &&
	       event->connection <= CONNECTIONS && shadow->models[event->connection - 1] &&
	       !shadow->models[event->connection - 1]->circumstances->errors_told;
}

/* Each connection that came takes a place at most; it is not known when it is accepted. */
static void look_for_room(struct shadow *shadow, struct model *model)
{
	int64_t connections = 0;

	for (unsigned i = 0; i < CONNECTIONS; i++)
		connections += shadow->models[i] != NULL;
	((struct shadow_model *)model)->terms.accepts =
		shadow->listeners == 1 && !shadow->listener_ended && !shadow->terms.defers &&
		shadow->terms.calls_known && connections <= shadow->backlog;
}

static void tell_segment(struct shadow *shadow)
{
	const struct event *event = shadow->event;
	struct model *model;

	if (is_icmp_about(shadow)) {
		model = model_of(shadow, event->connection);
		note(shadow, event->connection,
		     model && model_icmp_arrives(model, &event->segment, event->at));
		return;
	}
	/* The segment belongs to no connection, so it is not known which number it would have. */
	if (event->segment.protocol != IPPROTO_TCP || event->segment.fixed ||
	    event->connection > CONNECTIONS || !event->connection) {
		silence_all(shadow);
		return;
	}
	model = model_of(shadow, event->connection);
	if (!model)
		return;
	struct segment segment = event->segment;
	bool counted = count_from_syn(shadow, &segment);

	if (event->kind == EVENT_INJECTED) {
		look_for_room(shadow, model);
		note(shadow, event->connection,
		     model_arrives(model, &segment, event->at, shadow->place));
		return;
	}
	meet_syn(shadow);
	look_for_reuse(shadow);
	((struct shadow_model *)model)->terms.counted_from = event->counted_from;
	note(shadow, event->connection, model_sends(model, &segment, event->at, shadow->place));
	if (!counted)
		model_silence(model);
}

/* Returns the only connection that there is; 0 when there are several or none. */
static unsigned only_connection(const struct shadow *shadow)
{
	unsigned only = 0;

	for (unsigned i = 0; i < CONNECTIONS; i++) {
		if (!shadow->models[i])
			continue;
		if (only)
			return 0;
		only = i + 1;
	}
	return only;
}

static unsigned connection_of_ports(const struct shadow *shadow, const struct observe_want *want)
{
	for (unsigned i = 0; i < CONNECTIONS; i++)
		if (shadow->ports[i].local == want->local_port &&
		    shadow->ports[i].remote == want->remote_port)
			return i + 1;
	return 0;
}

/* Returns the connection that a line looks at; 0 when it is not known. */
static unsigned observed(const struct shadow *shadow, const struct observe_want *want)
{
	const struct shadow_file *file;

	switch (want->subject) {
	case SUBJECT_PORTS:
		return connection_of_ports(shadow, want);
	case SUBJECT_CURRENT:
		return only_connection(shadow);
	case SUBJECT_DESCRIPTOR:
		break;
	}
	if (want->descriptor < 0 || want->descriptor >= SCRIPT_DESCRIPTORS)
		return 0;
	file = &shadow->files[want->descriptor];
	if (!file->socket || file->listens ||
	    (file->generation && file->generation != generation_of(shadow, file->connection)))
		return 0;
	return file->connection ? file->connection : only_connection(shadow);
}

/* Timers and queues are judged as Linux counts them; another stack has its own ways. */
static struct tcp_status what_counts(const struct shadow *shadow)
{
	const struct tcp_status *seen = &shadow->event->state;

	return settings_have_stack(&shadow->program->settings)
	               ? (struct tcp_status){ .state = seen->state }
	               : *seen;
}

static void tell_state(struct shadow *shadow, const struct step *step)
{
	const struct event *event = shadow->event;
	struct tcp_status status = what_counts(shadow);
	enum tcp_state state = event->state.state;
	unsigned connection;

	if (step->kind != STEP_OBSERVE || step->observe->kind != OBSERVE_STATE ||
	    state == STATE_LISTEN)
		return;
	connection = observed(shadow, step->observe);
	/*
	 * The descriptor does not belong to the connection in TIME-WAIT any more, and reports
	 * CLOSED.
	 */
	if (connection && step->observe->subject == SUBJECT_DESCRIPTOR && state == STATE_CLOSED &&
	    model_states(shadow->models[connection - 1]) & IN(TIME_WAIT))
		return;
	if (connection)
		note(shadow, connection,
		     model_state_seen(shadow->models[connection - 1], &status, event->at,
		                      shadow->place));
}

/*
 * How much all connections together have moved a counter. Returns false when one of them is not
 * known.
 */
static bool count_all(const struct shadow *shadow, enum counter counter, unsigned *least,
                      unsigned *most)
{
	*least = *most = 0;
	for (unsigned i = 0; i < CONNECTIONS; i++) {
		unsigned low, high;

		if (!shadow->models[i])
			continue;
		if (shadow->models[i]->silent ||
		    model_may_have_expired(shadow->models[i], shadow->event->at))
			return false;
		model_counted(shadow->models[i], counter, &low, &high);
		*least += low;
		*most += high;
	}
	return true;
}

static unsigned connection_of_model(const struct shadow *shadow, const struct model *model)
{
	unsigned i = 0;

	while (shadow->models[i] != model)
		i++;
	return i + 1;
}

static struct model *model_of_signals(struct shadow *shadow)
{
	for (size_t i = 0; i < SCRIPT_DESCRIPTORS; i++) {
		const struct shadow_file *file = &shadow->files[i];

		if (file->socket && file->socket == shadow->signals.socket && !file->listens &&
		    file->connection && shadow->models[file->connection - 1])
			return shadow->models[file->connection - 1];
	}
	return NULL;
}

/* A signal is for the process, so it is judged where one descriptor alone has asked for any. */
static void tell_signal(struct shadow *shadow, const struct step *step)
{
	const struct event *event = shadow->event;
	const struct rule *rule = NULL;
	struct model *model = model_of_signals(shadow);
	bool strange, begun = shadow->signals.begun;
	unsigned reasons;

	if (step->kind != STEP_OBSERVE || step->observe->kind != OBSERVE_SIGNAL ||
	    !shadow->terms.calls_known)
		return;
	if (signal_kind_number(step->observe->signal) == SIGPIPE)
		rule = shadow_signals_pipe(&shadow->signals, event->result);
	reasons = shadow_signals_asked(&shadow->signals, step->observe, &strange);
	if (strange && event->result > 0)
		rule = &signal_reason_rule;
	if (rule)
		find_of_none(shadow, rule);
	if (!begun && model)
		model_signals_forget(model);
	if (begun && reasons && model && !model->circumstances->low_water &&
	    !(reasons & SIGNAL_OUTPUT && model->circumstances->little_room))
		note(shadow, (unsigned)connection_of_model(shadow, model),
		     model_signals_seen(model, reasons, event->result > 0, event->at,
		                        shadow->place));
}

static void tell_counter(struct shadow *shadow, const struct step *step)
{
	enum counter counter;
	unsigned least, most;

	if (step->kind != STEP_OBSERVE || step->observe->kind != OBSERVE_COUNTER ||
	    shadow->uncounted || !counter_find(step->observe->name, &counter) ||
	    !count_all(shadow, counter, &least, &most) ||
	    (shadow->event->result >= least && shadow->event->result <= most))
		return;
	find_of_none(shadow, &counter_rules[counter].rule);
}

static void tell(struct shadow *shadow, const struct event *event, uint64_t place)
{
	const struct step *step = step_of(shadow, event);

	shadow->event = event;
	shadow->place = place;
	switch (event->kind) {
	case EVENT_INJECTED:
	case EVENT_SENT:
		tell_segment(shadow);
		return;
	case EVENT_COMMAND:
	case EVENT_ENDED:
		silence_all(shadow);
		return;
	case EVENT_OBSERVED:
		if (step) {
			tell_state(shadow, step);
			tell_counter(shadow, step);
			tell_signal(shadow, step);
		}
		return;
	case EVENT_CALL:
	case EVENT_CALL_BEGUN:
	case EVENT_CALL_RETURNED:
		if (step)
			tell_step(shadow, step);
		return;
	}
}

/* ---- a run ---- */

/*
 * A script may count the kernel's numbers from a number of its own. It is known only from the first
 * line that has it, so what was seen before counts differently. Such a connection is not judged.
 */
static void leave_out_renumbered(struct shadow *shadow, const struct trace *trace)
{
	bool over[CONNECTIONS + 1] = {
		false
	}; /* its FIN was sent, so another SYN belongs to a new connection */

	for (size_t i = 0; i < trace_kept(trace); i++) {
		const struct event *event = trace_get(trace, i);
		unsigned number = event->connection, flags = event->segment.tcp.flags;
		struct model *model;

		if (event->kind != EVENT_SENT || event->segment.protocol != IPPROTO_TCP)
			continue;
		shadow->event = event;
		model = model_of(shadow, number);
		if (model && flags & TCP_SYN && event->segment.tcp.sequence != 0 && !over[number])
			model_silence(model);
		if (model && flags & TCP_FIN)
			over[number] = true;
	}
}

/*
 * Sorts the events by time, because a packet is read after it was sent. Events with equal times
 * keep their order.
 */
static size_t in_order(const struct trace *trace, size_t *order)
{
	size_t count = trace_kept(trace);

	for (size_t i = 0; i < count; i++) {
		usec_t at = trace_get(trace, i)->at;
		size_t to = i;

		for (; to > 0 && trace_get(trace, order[to - 1])->at > at; to--)
			order[to] = order[to - 1];
		order[to] = i;
	}
	return count;
}

static void finish(struct shadow *shadow)
{
	for (unsigned i = 0; i < CONNECTIONS; i++) {
		const struct model *model = shadow->models[i];

		if (!model)
			continue;
		if (model->silent && !model->finding.rule)
			shadow->result->in_part++;
		else
			shadow->result->judged++;
		free(shadow->models[i]);
	}
}

void shadow_judge(const struct program *program, const struct trace *trace,
                  const struct shadow_measure *measure, struct shadow_result *result)
{
	struct shadow *shadow = calloc(1, sizeof(*shadow));
	size_t order[TRACE_EVENTS], count;

	memset(result, 0, sizeof(*result));
	if (!shadow || trace->count > TRACE_EVENTS) { /* the first events are not kept any more */
		free(shadow);
		return;
	}
	shadow->program = program;
	shadow->result = result;
	shadow->terms = (struct model_circumstances){
		.mode = measure->mode,
		.kernel = measure->kernel,
		.arrivals_known = true,
		.sends_known = true,
		.slack = measure->slack,
		.taken = &result->taken,
	};
	terms_of_program(program, &shadow->terms);
	shadow_binds_init(&shadow->binds, &program->settings);
	leave_out_renumbered(shadow, trace);
	count = in_order(trace, order);
	for (size_t i = 0; i < count; i++)
		tell(shadow, trace_get(trace, order[i]), order[i] + 1);
	finish(shadow);
	free(shadow);
}
