/*
 * The packets are gone through in their order. A packet of the peer is injected. A packet of the
 * kernel is wanted, and before it come the calls without which it would not have been sent: new
 * data needs a write, a FIN a close. Whatever has more than one explanation is a question, which
 * the guess answers. So one conversation can give many drafts.
 */
#include "author/draft.h"

#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>

#include "author/causes.h"
#include "author/drafting.h"
#include "author/facts_alone.h"
#include "author/front.h"
#include "author/retrace.h"
#include "author/sockets.h"
#include "author/stream.h"
#include "wire/tcp_options.h"

enum {
	LISTENER_PORT = 8080, /* --bind_port */
	WINDOW_MOST = 65535,  /* of a SYN,ACK, which is not scaled (RFC 7323 2.2) */
};

/* ---- packets ---- */

/*
 * A new connection out of TIME_WAIT: Linux begins beyond the old numbers, so the script keeps
 * counting from them.
 */
static bool goes_on(const struct view *view, uint32_t sequence)
{
	enum { BEYOND = 65537, ABOUT = 4 };
	uint32_t beyond = names_number(&view->names, KERNEL, sequence) - view->sent;

	return view->anew && beyond + ABOUT >= BEYOND && beyond <= BEYOND + ABOUT;
}

static unsigned flow_here(const struct drafting *d)
{
	return d->talk->packets[d->packet].flow;
}

static void kernel_syn(struct drafting *d, struct view *view, const struct tcp_header *tcp)
{
	bool again = view->spoken[KERNEL] && !view->anew &&
	             view->names.isn[KERNEL] + view->began == tcp->sequence;

	if (again && d->full && view->completed && view->facts.overflowed)
		socket_accept_waiting(d);
	if (again)
		return;
	if (!(tcp->flags & TCP_ACK) && !retrace_makes(d, flow_here(d))) {
		view->over = view->finished = view->closed = false;
		socket_connect(d, view);
		retrace_made(d, flow_here(d), view->fd);
	}
	if (!goes_on(view, tcp->sequence))
		names_begin(&view->names, KERNEL, tcp->sequence);
	view->spoken[KERNEL] = true;
	view->anew = view->answered = false;
	view->began = names_number(&view->names, KERNEL, tcp->sequence);
	view->sent = view->written = view->acknowledged = view->began + 1;
}

static void note_sent(struct view *view, const struct segment *segment)
{
	uint32_t end = names_number(&view->names, KERNEL, segment->tcp.sequence) +
	               segment->payload_length + !!(segment->tcp.flags & (TCP_SYN | TCP_FIN));

	if ((int32_t)(end - view->sent) > 0 && !(segment->tcp.flags & TCP_RST))
		view->sent = end;
}

static void want_segment(struct drafting *d, struct view *view, const struct segment *segment)
{
	view->form.any_length = stream_ends(view, segment);
	drafting_wanted(d, view);
	view->form.any_length = false;
	note_sent(view, segment);
}

/* `stream`: the one that begins here and is left open; or NULL. */
static void kernel_packet(struct drafting *d, struct view *view, const struct stream *stream)
{
	const struct segment *segment = &d->talk->packets[d->packet].segment;
	enum reading reading = READ_NOT;

	if (segment->protocol != IPPROTO_TCP)
		return;
	if (segment->tcp.flags & TCP_SYN)
		kernel_syn(d, view, &segment->tcp);
	uint32_t taken = newly_taken(view, segment);
	view->unread += taken;
	view->taken += taken;
	if (taken && view->taken > view->in_order)
		view->in_order = view->taken;
	if (d->retrace) {
		if (stream)
			stream_write(d, view, stream);
		else
			want_segment(d, view, segment);
		view->over |= (segment->tcp.flags & TCP_RST) != 0;
		return;
	}
	if (taken && !(segment->tcp.flags & TCP_RST))
		reading = reading_of(d, view);
	if (reading == READ_BEFORE)
		socket_read(d, view);
	cause_window_update(d, view);
	if (stream) {
		stream_write(d, view, stream);
	} else {
		cause_send(d, view, segment);
		want_segment(d, view, segment);
	}
	if (reading == READ_AFTER)
		socket_read(d, view);
}

/* A SYN from ports that were used before begins new numbers, when the kernel accepts it. */
static bool begins_anew(const struct drafting *d, const struct view *view)
{
	const struct heard *syn = &d->talk->packets[d->packet];
	size_t after;

	if (!facts_after(d->talk, d->packet, &after))
		return false;
	const struct heard *answer = &d->talk->packets[after];
	return answer->from == view->kernel && answer->segment.protocol == IPPROTO_TCP &&
	       (answer->segment.tcp.flags & (TCP_SYN | TCP_ACK)) == (TCP_SYN | TCP_ACK) &&
	       answer->segment.tcp.acknowledgment ==
	               syn->segment.tcp.sequence + 1 + syn->segment.payload_length;
}

static void peer_speaks(struct view *view, const struct tcp_header *tcp)
{
	names_begin(&view->names, PEER, tcp->sequence);
	view->spoken[PEER] = true;
	view->peer_end = view->taken = view->in_order = 1;
	view->unread = 0;
}

/* The kernel refuses it, because nobody listens any more. */
static bool is_refused(const struct drafting *d, const struct view *view)
{
	size_t after;

	if (!facts_after(d->talk, d->packet, &after))
		return false;
	const struct heard *answer = &d->talk->packets[after];
	return answer->from == view->kernel && answer->segment.protocol == IPPROTO_TCP &&
	       answer->segment.tcp.flags & TCP_RST &&
	       answer->segment.tcp.acknowledgment ==
	               d->talk->packets[d->packet].segment.tcp.sequence + 1;
}

static void forget_connection(struct view *view)
{
	view->fd = 0;
	view->over = view->finished = view->closed = false;
}

/* `answers`: it is the first that acknowledges the kernel's SYN. */
static void peer_syn(struct drafting *d, struct view *view, const struct tcp_header *tcp,
                     bool answers)
{
	bool again = view->spoken[PEER] && view->names.isn[PEER] == tcp->sequence;

	bool half_open = view->spoken[PEER] && !view->fd;

	if (d->listener && !again && !half_open && is_refused(d, view)) {
		drafting_action(d, "close(%d) = 0%s", d->listener, drafting_remark(true));
		d->listener = 0;
	}
	/* After a reset, nothing is left that the new numbers could continue. */
	bool reborn =
		view->spoken[PEER] && view->over && !again && !answers && begins_anew(d, view);

	if (reborn)
		forget_connection(view);
	if (!view->spoken[PEER] || (answers && !again) || reborn) {
		peer_speaks(view, tcp);
		drafting_injected(d, view);
	} else if (again || !begins_anew(d, view)) {
		drafting_injected(d, view);
	} else {
		/* The peer's numbers continue the old ones. */
		drafting_injected(d, view);
		view->peer_end = view->taken = view->in_order =
			names_number(&view->names, PEER, tcp->sequence) + 1;
		view->unread = 0;
		view->anew = true;
		forget_connection(view);
	}
}

static bool completes_handshake(const struct view *view, const struct tcp_header *tcp)
{
	return view->facts.taken && view->spoken[KERNEL] && !view->fd && !view->over &&
	       (tcp->flags & (TCP_ACK | TCP_SYN | TCP_RST)) == TCP_ACK &&
	       names_number(&view->names, PEER, tcp->sequence) <= WINDOW_MOST &&
	       names_number(&view->names, KERNEL, tcp->acknowledgment) == view->began + 1;
}

/* What a call can read by now, up to the end of the stream. */
static void take_in_order(struct view *view, uint32_t end, bool finished)
{
	view->in_order = end;
	view->peer_finished |= finished;
}

static void complete(struct drafting *d, struct view *view)
{
	view->completed = true;
	if (retrace_makes(d, flow_here(d)))
		return;
	socket_accept(d, view);
	retrace_made(d, flow_here(d), view->fd);
}

static void note_acknowledged(struct view *view, const struct tcp_header *tcp)
{
	uint32_t upto = names_number(&view->names, KERNEL, tcp->acknowledgment);

	if (tcp->flags & TCP_ACK && view->spoken[KERNEL] &&
	    (int32_t)(upto - view->acknowledged) > 0 && (int32_t)(view->sent - upto) >= 0)
		view->acknowledged = upto;
}

static void peer_packet(struct drafting *d, struct view *view)
{
	const struct segment *segment = &d->talk->packets[d->packet].segment;
	const struct tcp_header *tcp = &segment->tcp;

	if (segment->protocol != IPPROTO_TCP) {
		drafting_injected(d, view);
		return;
	}
	bool answers = !view->answered && tcp->flags & TCP_ACK && view->spoken[KERNEL] &&
	               names_number(&view->names, KERNEL, tcp->acknowledgment) == view->began + 1;
	view->answered |= answers;
	note_acknowledged(view, tcp);
	if (tcp->flags & TCP_SYN) {
		peer_syn(d, view, tcp, answers);
		return;
	}
	uint32_t end = names_number(&view->names, PEER, tcp->sequence) + segment->payload_length;
	view->over |= (tcp->flags & TCP_RST) != 0;
	drafting_injected(d, view);
	if (segment->payload_length && (int32_t)(end - view->peer_end) > 0) {
		view->peer_end = end;
		view->urgent += tcp->flags & TCP_URG && tcp->urgent <= segment->payload_length;
	}
	if (view->in_order == end - segment->payload_length || view->in_order == end)
		take_in_order(view, end, tcp->flags & TCP_FIN);
	if (completes_handshake(view, tcp))
		complete(d, view);
}

/* ---- a connection that was there before the capture ---- */

/* Chooses numbers so that the first packet of each side has the number 1. */
static void number_from_middle(struct drafting *d, struct view *view)
{
	const struct heard *first = &d->talk->packets[d->packet];
	enum party from = first->from == view->kernel ? KERNEL : PEER;

	names_begin(&view->names, from, first->segment.tcp.sequence - 1);
	names_begin(&view->names, !from, first->segment.tcp.acknowledgment - 1);
	view->spoken[KERNEL] = view->spoken[PEER] = view->answered = true;
	view->sent = view->written = view->peer_end = view->taken = view->in_order = 1;
}

/* The peer's last timestamp before the capture is what the kernel's first segment echoes. */
static void begin_stamps(struct drafting *d, struct view *view)
{
	uint32_t value, echo;

	for (size_t i = d->packet; i < d->talk->count; i++) {
		const struct heard *heard = &d->talk->packets[i];

		if (heard->flow != flow_here(d) || heard->from != view->kernel ||
		    heard->segment.protocol != IPPROTO_TCP ||
		    !tcp_timestamp_get(&heard->segment.tcp, &value, &echo) || !echo)
			continue;
		names_begin_stamps(&view->names, PEER, echo);
		return;
	}
}

/* "40001 > 8080 ", as in the other lines of the connection. */
static const char *ports_text(const struct drafting *d, uint16_t from, uint16_t to)
{
	return from ? arena_printf(d->arena, "%u > %u ", from, to) : "";
}

/* Writes a handshake that gives both sides what the rest of the capture shows. */
static void make_up_handshake(struct drafting *d, struct view *view)
{
	const struct tcp_header *tcp = &d->talk->packets[d->packet].segment.tcp;
	struct tcp_option_view option;
	bool stamped = tcp_option_find(tcp, TCPOPT_KIND_TS, &option);
	const char *stamp = stamped ? ",sackOK,TS val 100 ecr 0" : ",nop,nop,sackOK";

	number_from_middle(d, view);
	begin_stamps(d, view);
	const char *there = ports_text(d, view->form.peer_port, view->form.kernel_port);
	const char *back = ports_text(d, view->form.kernel_port, view->form.peer_port);

	drafting_action(d, "< %sS 0:0(0) win 65535 <mss 1460%s,nop,wscale 7>  // assumed", there,
	                stamp);
	drafting_action(d, "> %sS. 0:0(0) ack 1 <mss *,%s,nop,wscale *>", back,
	                stamped ? "sackOK,TS val 1 ecr 100" : "nop,nop,sackOK");
	drafting_action(d, "< %s. 1:1(0) ack 1 win 512%s", there,
	                stamped ? " <nop,nop,TS val 100 ecr 1>" : "");
	if (stamped)
		view->names.echoes[view->names.echo_count++] = 1;
	complete(d, view);
}

/* ---- the whole draft ---- */

/* The kernel answers a packet of no connection only with RST. */
static bool is_known(const struct drafting *d, const struct view *view, unsigned flow)
{
	for (size_t i = view->facts.first; i < d->talk->count; i++) {
		const struct heard *heard = &d->talk->packets[i];

		if (heard->flow == flow && heard->from == view->kernel &&
		    heard->segment.protocol == IPPROTO_TCP && !(heard->segment.tcp.flags & TCP_RST))
			return true;
	}
	return false;
}

static bool wants_handshake(const struct drafting *d, size_t flow)
{
	return !d->talk->flows[flow].handshake && is_known(d, &d->views[flow], (unsigned)flow);
}

/* Whether there must be a listener. There is none when the kernel refused the peer's SYN. */
static bool wants_listener(struct drafting *d)
{
	bool likely = false, taken = false, invented = false;

	for (size_t i = 0; i < d->talk->flow_count; i++) {
		const struct view *view = &d->views[i];

		invented |= wants_handshake(d, i);
		taken |= view->kernel == SIDE_SERVER && view->facts.taken;
		likely |= view->kernel == SIDE_SERVER && d->talk->flows[i].handshake &&
		          !view->facts.refused;
	}
	if (invented || (d->views[0].kernel == SIDE_CLIENT && d->talk->flows[0].handshake))
		return invented || taken;
	return (likely || taken) != (drafting_ask(d, ASK_LISTENER, 0, 2) == 1);
}

static void set_ports(struct drafting *d, bool listener)
{
	const struct conversation *talk = d->talk;
	bool needed = talk->flow_count > 1 || !talk->flows[0].handshake || !listener;

	for (size_t i = 0; needed && i < talk->flow_count; i++) {
		struct view *view = &d->views[i];

		/*
		 * Its port is chosen by the kernel, so that a line without ports means the last
		 * socket.
		 */
		if (view->kernel == SIDE_CLIENT && talk->flows[i].handshake)
			continue;
		view->form.kernel_port = view->facts.taken || listener
		                                 ? LISTENER_PORT
		                                 : talk->flows[i].ends[view->kernel].port;
		view->form.peer_port = talk->flows[i].ends[!view->kernel].port;
	}
}

static void look_at_flows(struct drafting *d)
{
	enum side kernel = facts_kernel_side(d->talk);

	/* Asked only when the user has not said it. */
	if (!d->talk->side_given && drafting_ask(d, ASK_SIDE, 0, 2) == 1)
		kernel = !kernel;
	const struct ip_address *address = &d->talk->flows[0].ends[kernel].address;
	d->draft->kernel = d->talk->flows[0].ends[kernel];
	bool any = drafting_ask(d, ASK_SYN_NUMBERS, 0, 2) == 1;
	for (size_t i = 0; i < d->talk->flow_count; i++) {
		struct view *view = &d->views[i];

		view->kernel = flow_side_of(&d->talk->flows[i], address, kernel);
		view->form.any_syn_numbers = any;
		facts_find(d->talk, (unsigned)i, view->kernel, &view->facts);
		facts_find_alone(d->talk, (unsigned)i, view->kernel, &view->facts);
	}
}

/* The kernel's end of a handshake that is made up sends no ACK of its own. */
static bool is_old_ack(const struct drafting *d, const struct view *view)
{
	const struct segment *segment = &d->talk->packets[d->packet].segment;

	return d->packet == view->facts.first && wants_handshake(d, flow_here(d)) &&
	       segment->tcp.flags == TCP_ACK && !segment->payload_length;
}

static void go_through(struct drafting *d)
{
	for (d->packet = 0; d->packet < d->talk->count; d->packet++) {
		const struct heard *heard = &d->talk->packets[d->packet];
		struct view *view = &d->views[heard->flow];

		if (d->packet == view->facts.first && wants_handshake(d, heard->flow))
			make_up_handshake(d, view);
		if (heard->from == view->kernel && is_old_ack(d, view)) {
			drafting_comment(d, "Frame %lu is an ACK of what came before.",
			                 heard->frame);
			continue;
		}
		struct stream stream;
		bool open = heard->from == view->kernel && heard->segment.protocol == IPPROTO_TCP &&
		            stream_begins(d, view, &stream);
		if (open)
			retrace_hold(d, heard->flow, d->talk->packets[stream.last].at);
		retrace_before(d);
		if (heard->from == view->kernel)
			kernel_packet(d, view, open ? &stream : NULL);
		else
			peer_packet(d, view);
		retrace_after(d);
		if (!d->retrace)
			cause_early(d, view);
	}
	retrace_rest(d);
}

void draft_write(const struct conversation *talk, const struct guess *guess, struct arena *arena,
                 struct draft *draft)
{
	struct drafting d = { .talk = talk, .guess = guess, .arena = arena, .draft = draft };
	char *text = NULL;
	size_t length;

	*draft = (struct draft){ .text = "", .left_out = "" };
	d.out = open_memstream(&text, &length);
	if (!d.out)
		return;
	look_at_flows(&d);
	bool listener = wants_listener(&d);
	set_ports(&d, listener);
	front_write(&d);
	retrace_begin(&d);
	if (listener && !retrace_listens(&d)) {
		socket_listen(&d);
		retrace_made_listener(&d);
	}
	go_through(&d);
	fclose(d.out);
	draft->text = arena_strdup(arena, text);
	free(text);
}

const struct draft_line *draft_line_at(const struct draft *draft, uint32_t offset)
{
	const struct draft_line *at = NULL;

	for (size_t i = 0; i < draft->line_count && draft->lines[i].begin <= offset; i++)
		at = &draft->lines[i];
	return at;
}
