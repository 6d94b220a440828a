#include "author/causes.h"

#include <netinet/in.h>

#include "author/facts_alone.h"
#include "author/sockets.h"

enum {
	LARGE_WRITE = 60000, /* more than a send buffer of the kernel's own choice may hold */
	/* More than it holds for sure: the one write of a stream may stand for several calls. */
	LARGE_STREAM = 32768,
};

/* ---- reading ---- */

/* A close that finds unread data sends RST. Then the data that came last was not read. */
static bool is_left_unread(struct drafting *d, const struct view *view)
{
	const struct heard *heard = &d->talk->packets[d->packet];
	size_t reset;

	if (!next_reset(d, view, d->packet, &reset) || reset_cause_of(d, reset) != RESET_UNREAD)
		return false;
	for (size_t i = d->packet + 1; i < reset; i++) {
		const struct heard *other = &d->talk->packets[i];

		if (other->flow == heard->flow && other->from == view->kernel &&
		    (int32_t)(other->segment.tcp.acknowledgment -
		              heard->segment.tcp.acknowledgment) > 1)
			return false;
	}
	return true;
}

/* An ACK that only says that the window is larger: what was there was read (RFC 9293 3.8.6). */
static bool is_window_update(const struct drafting *d, size_t packet)
{
	const struct heard *heard = &d->talk->packets[packet];
	const struct segment *segment = &heard->segment;

	if (segment->protocol != IPPROTO_TCP || segment->tcp.flags != TCP_ACK ||
	    segment->payload_length)
		return false;
	for (size_t i = packet; i-- > 0;) {
		const struct heard *before = &d->talk->packets[i];
		const struct tcp_header *tcp = &before->segment.tcp;

		if (before->flow == heard->flow)
			return before->from == heard->from &&
			       before->segment.protocol == IPPROTO_TCP &&
			       !(tcp->flags & (TCP_SYN | TCP_FIN)) &&
			       tcp->acknowledgment == segment->tcp.acknowledgment &&
			       tcp->window < segment->tcp.window;
	}
	return false;
}

/* Nothing is read before the window opens, as far as the kernel sends nothing else. */
static bool is_read_later(const struct drafting *d, const struct view *view)
{
	for (size_t i = d->packet + 1; i < d->talk->count; i++) {
		const struct heard *heard = &d->talk->packets[i];

		if (heard->flow != d->talk->packets[d->packet].flow || heard->from != view->kernel)
			continue;
		if (is_window_update(d, i))
			return true;
		if (heard->segment.payload_length || heard->segment.tcp.flags & (TCP_FIN | TCP_RST))
			return false;
	}
	return false;
}

void cause_window_update(struct drafting *d, struct view *view)
{
	if (is_window_update(d, d->packet))
		socket_read(d, view);
}

/*
 * The answer to a request is written after the request was read. A late ACK may have been caused by
 * a read.
 */
enum reading reading_of(struct drafting *d, const struct view *view)
{
	static const enum reading orders[][READINGS] = {
		{ READ_AFTER, READ_NOT, READ_BEFORE },
		{ READ_BEFORE, READ_AFTER, READ_NOT },
		{ READ_NOT, READ_AFTER, READ_BEFORE },
	};
	const struct heard *heard = &d->talk->packets[d->packet];
	bool carries = heard->segment.payload_length || heard->segment.tcp.flags & TCP_FIN;
	size_t order = is_left_unread(d, view) || is_read_later(d, view) ? 2 : carries ? 1 : 0;

	return orders[order][drafting_ask(d, ASK_READ, d->packet, READINGS)];
}

/* How much of the peer's data the kernel acknowledges here for the first time. */
uint32_t newly_taken(const struct view *view, const struct segment *segment)
{
	uint32_t upto = names_number(&view->names, PEER, segment->tcp.acknowledgment);

	if (!(segment->tcp.flags & TCP_ACK) || !view->spoken[PEER])
		return 0;
	/* That is the FIN; what came before it may have gone further, beyond the window. */
	if (view->peer_finished && upto == view->in_order + 1)
		upto = view->in_order;
	if ((int32_t)(upto - view->peer_end) > 0)
		upto = view->peer_end;
	return (int32_t)(upto - view->taken) > 0 ? upto - view->taken : 0;
}

/* ---- what makes the kernel send ---- */

/* A send buffer that takes all of it at once, when it is more than `most`. */
static void make_room(struct drafting *d, const struct view *view, uint32_t length, uint32_t most)
{
	if (length > most)
		drafting_action(d, "setsockopt(%d, SOL_SOCKET, SO_SNDBUFFORCE, [%u], 4) = 0%s",
		                view->fd, 2 * length, drafting_remark(true));
}

void cause_write_at_once(struct drafting *d, struct view *view, uint32_t length, const char *remark)
{
	make_room(d, view, length, LARGE_STREAM);
	drafting_action(d, "write(%d, ..., %u) = %u%s", view->fd, length, length, remark);
	view->written += length;
}

void cause_write(struct drafting *d, struct view *view, uint32_t length)
{
	cause_write_at_once(d, view, length, "");
}

/* Before the connection is there, a write waits, until shortly before the packet it brings. */
static void write_unanswered(struct drafting *d, const struct view *view, size_t packet,
                             uint32_t length)
{
	const char *text =
		arena_printf(d->arena, "write(%d, ..., %u) = %u", view->fd, length, length);

	drafting_action(d, "fcntl(%d, F_SETFL, O_RDWR) = 0", view->fd);
	drafting_call(d, d->clock, d->talk->packets[packet].at, text);
}

/* Nagle's algorithm (RFC 1122 4.2.3.4) holds a small write back, and the FIN goes with it. */
static bool is_held_back(const struct view *view)
{
	return !view->facts.nodelay && view->sent != view->acknowledged;
}

static void write_data(struct drafting *d, struct view *view, size_t packet, bool early)
{
	const struct segment *segment = &d->talk->packets[packet].segment;
	uint32_t from = names_number(&view->names, KERNEL, segment->tcp.sequence);
	uint32_t lengths[WRITES_MAX];

	if (!segment->payload_length || !view->fd || view->finished ||
	    (int32_t)(from + segment->payload_length - view->written) <= 0)
		return;
	size_t count = facts_writes(d->talk, packet, lengths);
	uint32_t length = lengths[drafting_ask(d, ASK_WRITE, packet, (unsigned)count)];
	length -= view->written - from;
	make_room(d, view, length, LARGE_WRITE);
	if (segment->tcp.flags & TCP_URG)
		drafting_action(d, "send(%d, ..., %u, MSG_OOB) = %u", view->fd, length, length);
	else if (segment->tcp.flags & TCP_FIN && !early && !is_held_back(view))
		drafting_action(d, "send(%d, ..., %u, MSG_MORE) = %u", view->fd, length, length);
	else if (!view->answered && view->kernel == SIDE_CLIENT)
		write_unanswered(d, view, packet, length);
	else
		drafting_action(d, "write(%d, ..., %u) = %u", view->fd, length, length);
	view->written += length;
}

/* A close after the FIN resets the connection, or takes it away: so a descriptor was left. */
static bool is_closed_later(struct drafting *d, const struct view *view, size_t packet)
{
	size_t reset;

	if (!next_reset(d, view, packet, &reset))
		return false;
	enum reset_cause cause = reset_cause_of(d, reset);
	return cause == RESET_GONE || cause == RESET_LINGER;
}

static void finish(struct drafting *d, struct view *view, size_t packet)
{
	if (view->finished || !view->fd)
		return;
	bool half = facts_takes_more(d->talk, packet) != (drafting_ask(d, ASK_FIN, packet, 2) == 1);
	half |= is_closed_later(d, view, packet);
	if (half) {
		drafting_action(d, "shutdown(%d, SHUT_WR) = 0", view->fd);
		view->finished = true;
	} else {
		socket_read(d, view);
		socket_close(d, view, "");
	}
}

static void make_abort(struct drafting *d, const struct view *view)
{
	if (view->fd && !view->closed)
		drafting_action(d,
		                "setsockopt(%d, SOL_SOCKET, SO_LINGER, {onoff=1, linger=0}, 8) = 0"
		                "  // assumed",
		                view->fd);
}

static void reset(struct drafting *d, struct view *view)
{
	switch (reset_cause_of(d, d->packet)) {
	case RESET_UNREAD:
		socket_close(d, view, "  // assumed: not all that came was read");
		break;
	case RESET_LINGER:
		make_abort(d, view);
		socket_close(d, view, "");
		break;
	case RESET_LISTENER:
		if (d->listener)
			drafting_action(d, "close(%d) = 0  // assumed: nobody had accepted",
			                d->listener);
		d->listener = 0;
		break;
	case RESET_ANSWER:
	case RESET_GONE:
	case RESET_CAUSES:
		break;
	}
}

void cause_send(struct drafting *d, struct view *view, const struct segment *segment)
{
	if (segment->tcp.flags & TCP_RST) {
		reset(d, view);
		return;
	}
	write_data(d, view, d->packet, false);
	if (segment->tcp.flags & TCP_FIN)
		finish(d, view, d->packet);
}

/* Data that had to wait for the peer was written before that, and so was a close. */
static void write_early(struct drafting *d, struct view *view)
{
	size_t held;
	bool likely;

	if (view->fd && !view->finished && !view->probing &&
	    facts_probes(d->talk, d->packet, view->kernel)) {
		drafting_action(d, "write(%d, ..., 1) = 1%s", view->fd, drafting_remark(true));
		view->probing = true;
	}
	if (!view->fd || view->finished || !view->spoken[KERNEL] ||
	    !facts_waits(d->talk, d->packet, view->kernel, &held, &likely) ||
	    drafting_ask(d, ASK_EARLY, held, 2) == likely)
		return;
	write_data(d, view, held, true);
	if (d->talk->packets[held].segment.tcp.flags & TCP_FIN)
		finish(d, view, held);
}

/* All that the kernel will send was written, and not all was sent: it may be closed by now. */
static void finish_early(struct drafting *d, struct view *view)
{
	uint32_t end = view->names.isn[KERNEL] + view->written;
	size_t fin;

	if (view->fd && !view->finished && (int32_t)(view->written - view->sent) > 0 &&
	    facts_fin_behind(d->talk, d->packet, view->kernel, end, &fin) &&
	    drafting_ask(d, ASK_EARLY, fin, 2) == 1)
		finish(d, view, fin);
}

/* The RST after the next packet of the peer answers it, because the socket is closed by then. */
static void close_unseen(struct drafting *d, struct view *view)
{
	size_t next, reset;

	if (!view->fd || view->closed || !facts_after(d->talk, d->packet, &next) ||
	    d->talk->packets[next].from == view->kernel || !facts_after(d->talk, next, &reset) ||
	    !next_reset(d, view, next, &reset) || !facts_after(d->talk, next, &next) ||
	    next != reset || reset_cause_of(d, reset) != RESET_GONE)
		return;
	if (view->answered && !view->finished)
		drafting_action(d, "write(%d, ..., 1) = 1%s", view->fd, drafting_remark(true));
	/* With both FINs sent, Linux takes a connection away without a RST. */
	if (view->finished)
		make_abort(d, view);
	socket_close(d, view, drafting_remark(true));
}

void cause_early(struct drafting *d, struct view *view)
{
	write_early(d, view);
	finish_early(d, view);
	close_unseen(d, view);
}
