#include "author/stream.h"

#include <netinet/in.h>

#include "author/causes.h"
#include "author/retrace.h"

enum {
	SEGMENTS_LEAST = 3, /* with fewer there is not much that chance could cut in another way */
	ROUNDS_MOST = 12,   /* acknowledgments that let the kernel send more */
};

/* The next piece of the stream, as far as it was followed. */
static bool carries_on(const struct view *view, const struct stream *stream,
                       const struct segment *first, const struct segment *segment)
{
	const struct tcp_header *tcp = &segment->tcp;

	return segment->payload_length && (tcp->flags & ~TCP_PSH) == TCP_ACK &&
	       tcp->acknowledgment == first->tcp.acknowledgment &&
	       names_number(&view->names, KERNEL, tcp->sequence) == stream->end;
}

/* The peer only acknowledges, and lets more come. */
static bool only_acknowledges(const struct view *view, const struct segment *segment)
{
	const struct tcp_header *tcp = &segment->tcp;

	return !segment->payload_length && tcp->flags == TCP_ACK && tcp->window &&
	       names_number(&view->names, PEER, tcp->sequence) == view->peer_end;
}

static struct stream follow(const struct drafting *d, const struct view *view)
{
	const struct heard *packets = d->talk->packets, *first = &packets[d->packet];
	struct stream stream = { .end = view->sent };

	for (size_t i = d->packet; i < d->talk->count; i++) {
		const struct segment *segment = &packets[i].segment;

		if (packets[i].flow != first->flow || segment->protocol != IPPROTO_TCP)
			break;
		if (packets[i].from == view->kernel) {
			if (!carries_on(view, &stream, &first->segment, segment))
				break;
			stream.end += segment->payload_length;
			stream.segments++;
		} else {
			if (!only_acknowledges(view, segment))
				break;
			stream.heard = i;
			stream.acks++;
		}
		stream.last = i;
	}
	return stream;
}

static void write_rounds(struct drafting *d, struct view *view, const struct stream *stream)
{
	const size_t first = d->packet;

	for (unsigned i = 0; i < stream->rounds; i++) {
		d->packet = first;
		view->form.any_length = true;
		view->form.any_sequence = view->form.any_stamps = i > 0;
		drafting_went_on(d, view);
		/* The last data is acknowledged by what follows the stream. */
		if (i + 1 == stream->rounds && stream->last != stream->heard)
			break;
		d->packet = stream->heard;
		view->form.any_acknowledgment = true;
		drafting_answered(d, view);
		view->form.any_acknowledgment = false;
	}
	view->form.any_length = view->form.any_sequence = view->form.any_stamps = false;
}

bool stream_begins(struct drafting *d, struct view *view, struct stream *stream)
{
	/* The calls of a trace that come before it are not written yet. */
	if ((!view->fd && !d->retrace) || view->finished || d->packet < view->stream_end)
		return false;
	*stream = follow(d, view);
	if (stream->segments < SEGMENTS_LEAST || !stream->acks)
		return false;
	stream->rounds = stream->acks < ROUNDS_MOST ? stream->acks : ROUNDS_MOST;
	stream->rounds = drafting_ask(d, ASK_STREAM, d->packet, stream->rounds + 1);
	if (!stream->rounds)
		view->stream_end = stream->last + 1;
	return stream->rounds > 0;
}

void stream_write(struct drafting *d, struct view *view, const struct stream *stream)
{
	if (d->retrace)
		retrace_write_held(d, view);
	else if ((int32_t)(stream->end - view->written) > 0)
		cause_write(d, view, stream->end - view->written);
	drafting_comment(d, "How this data is cut into segments is left open.");
	write_rounds(d, view, stream);
	view->sent = view->open_end = stream->end;
	d->packet = stream->last;
}

bool stream_ends(const struct view *view, const struct segment *segment)
{
	uint32_t from = names_number(&view->names, KERNEL, segment->tcp.sequence);

	return view->open_end && from == view->open_end && segment->tcp.flags & TCP_FIN;
}
