#include "report/words.h"

#include <string.h>

#include "base/text.h"
#include "program/symbols.h"
#include "program/wait_status.h"
#include "report/written.h"
#include "wire/encapsulation.h"

/* ---- segments, errors, states ---- */

static void add_outer(struct text_buffer *out, const struct segment *segment)
{
	char outer[ENCAPSULATION_TEXT];

	if (segment->outer_length && segment->outer_length <= ENCAPSULATION_MAX)
		text_add(out, "%s",
		         encapsulation_print(segment->outer, segment->outer_length, outer,
		                             sizeof(outer)));
}

const char *words_segment(const struct segment *segment, char text[WORDS])
{
	struct text_buffer out = text_begin(text, WORDS);
	struct segment safe = *segment;
	char inner[WORDS];

	safe.payload = NULL;
	safe.payload_captured = 0;
	if (safe.protocol == IPPROTO_TCP && safe.tcp.options_length > TCP_OPTIONS_MAX)
		safe.tcp.options_length = TCP_OPTIONS_MAX;
	if (!safe.protocol)
		text_add(&out, "a packet of which nothing is recorded");
	else
		add_outer(&out, segment), text_add(&out, "%s", segment_print(&safe, inner, WORDS));
	return text;
}

const char *words_error(int error, char text[WORDS])
{
	const char *name = symbol_name(SYMBOL_ERRNO, error);

	if (name)
		snprintf(text, WORDS, "%s (%s)", name, strerror(error));
	else
		snprintf(text, WORDS, "errno %d", error);
	return text;
}

static void add_queue(struct text_buffer *out, unsigned bytes, const char *what)
{
	if (bytes)
		text_add(out, ", %u byte%s %s", bytes, bytes == 1 ? "" : "s", what);
}

const char *words_state(const struct tcp_status *state, char text[WORDS])
{
	struct text_buffer out = text_begin(text, WORDS);

	text_add(&out, "%s", tcp_state_name(state->state));
	if (state->state == STATE_CLOSED)
		return text;
	if (state->timer != TIMER_NONE)
		text_add(&out, ", timer %s %.3f s", tcp_timer_name(state->timer),
		         (double)state->expires / USEC_PER_SEC);
	if (state->retransmits)
		text_add(&out, ", %u retransmission%s", state->retransmits,
		         state->retransmits == 1 ? "" : "s");
	if (state->state == STATE_LISTEN) {
		text_add(&out, ", %u of %u in the backlog", state->receive_queue,
		         state->send_queue);
		return text;
	}
	add_queue(&out, state->receive_queue, "to read");
	add_queue(&out, state->send_queue, "to send");
	return text;
}

/* ---- what the script wants of a packet ---- */

static bool checks(const struct packet_want *want, enum packet_field field)
{
	return want->check & 1u << field;
}

/* The words of the script have wildcards, which the bytes do not have. */
static void add_wanted_options(struct text_buffer *out, const struct packet_want *want,
                               const struct sources *sources)
{
	char options[WORDS];
	size_t length = want->options ? want->options->length : 0;

	written_line(sources, packet_where(want, FIELD_OPTIONS), options);
	if (*options == '<')
		text_add(out, " %s", options);
	else if (*options)
		text_add(out, " <%s>", options);
	else if (length && length <= TCP_OPTIONS_MAX)
		text_add(out, " %s", tcp_options_print_wanted(want->options, options, WORDS));
}

const char *words_want(const struct packet_want *want, const struct sources *sources,
                       char text[WORDS])
{
	const struct segment *segment = &want->segment;
	const struct tcp_header *tcp = &segment->tcp;
	struct text_buffer out = text_begin(text, WORDS);
	char flags[TCP_FLAGS_TEXT];

	if (segment->protocol != IPPROTO_TCP)
		return words_segment(segment, text);
	add_outer(&out, segment);
	if (checks(want, FIELD_PORTS))
		text_add(&out, "%u > %u ", tcp->source, tcp->destination);
	text_add(&out, "%s", checks(want, FIELD_FLAGS) ? tcp_flags_print(tcp->flags, flags) : "*");
	if (checks(want, FIELD_SEQUENCE))
		text_add(&out, " %u:%u", tcp->sequence, tcp->sequence + segment->payload_length);
	else
		text_add(&out, " *");
	if (checks(want, FIELD_LENGTH))
		text_add(&out, "(%u)", segment->payload_length);
	else
		text_add(&out, want->until_end ? "(...)" : "(*)");
	/* Without the flag, the number means nothing, and is not written. */
	if (checks(want, FIELD_ACKNOWLEDGMENT) &&
	    (!checks(want, FIELD_FLAGS) || tcp->flags & TCP_ACK || tcp->acknowledgment))
		text_add(&out, " ack %u", tcp->acknowledgment);
	if (checks(want, FIELD_WINDOW))
		text_add(&out, " win %u", tcp->window);
	if (checks(want, FIELD_URGENT) && tcp->urgent)
		text_add(&out, " urg %u", tcp->urgent);
	if (checks(want, FIELD_OPTIONS))
		add_wanted_options(&out, want, sources);
	return text;
}

/* ---- events ---- */

#define UNKNOWN_STEP "a step whose text is not known"

static void add_result(struct text_buffer *out, const struct event *event)
{
	char error[WORDS];

	if (event->error)
		text_add(out, "%ld %s", event->result, words_error(event->error, error));
	else
		text_add(out, "%ld", event->result);
}

static void add_call(struct text_buffer *out, const struct event *event,
                     const struct sources *sources)
{
	struct range said = event->said;
	bool begun = event->kind == EVENT_CALL_BEGUN;
	char text[WORDS];

	if (begun && event->wanted.end)
		said.end = event->wanted.begin;
	written_line(sources, said, text);
	for (size_t end = strlen(text); begun && event->wanted.end && end; text[--end] = '\0')
		if (!strchr(" =", text[end - 1]))
			break;
	text_add(out, "%s",
	         begun                                ? "begun: "
	         : event->kind == EVENT_CALL_RETURNED ? "returned: "
	                                              : "");
	text_add(out, "%s", *text ? text : UNKNOWN_STEP);
	if (begun || (*text && event->as_written))
		return;
	text_add(out, *text && event->wanted.end ? " -> " : " = ");
	add_result(out, event);
}

/* How it ended, where that is not as it should be, and when. */
static void add_command(struct text_buffer *out, const struct event *event, const char *source)
{
	char how[WAIT_STATUS_TEXT];

	text_add(out, "%s", source);
	if (event->result == -1)
		text_add(out, " -> could not be started");
	else if (event->result)
		text_add(out, " -> %s", wait_status_print((int)event->result, how));
	if (event->result && event->over)
		text_add(out, " at %.4f s", (double)event->over / USEC_PER_SEC);
}

/* "ended: run("server") -> status 127 (the shell found no such program)"; without its name. */
static void add_ended(struct text_buffer *out, const struct event *event, char *source)
{
	char how[WAIT_STATUS_TEXT], *equals = strrchr(source, '=');

	while (equals && equals >= source && (*equals == '=' || *equals == ' '))
		*equals-- = '\0';
	text_add(out, "ended: %s -> %s", source, wait_status_print((int)event->result, how));
}

static void add_observed(struct text_buffer *out, const struct event *event, const char *source)
{
	char state[WORDS];

	text_add(out, "%s", source);
	if (event->state.state)
		text_add(out, " -> %s", words_state(&event->state, state));
	else if (!event->as_written)
		text_add(out, " -> %ld", event->result);
}

const char *words_event(const struct event *event, const struct sources *sources, char text[WORDS])
{
	struct text_buffer out = text_begin(text, WORDS);
	char source[WORDS];

	if (!*written_line(sources, event->where, source))
		snprintf(source, WORDS, "%s", UNKNOWN_STEP);
	switch (event->kind) {
	case EVENT_INJECTED:
	case EVENT_SENT:
		return words_segment(&event->segment, text);
	case EVENT_CALL:
	case EVENT_CALL_BEGUN:
	case EVENT_CALL_RETURNED:
		add_call(&out, event, sources);
		break;
	case EVENT_COMMAND:
		add_command(&out, event, source);
		break;
	case EVENT_OBSERVED:
		add_observed(&out, event, source);
		break;
	case EVENT_ENDED:
		add_ended(&out, event, source);
		break;
	}
	return text;
}
