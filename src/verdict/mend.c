#include "verdict/mend.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "wire/tcp_options.h"

static bool checks(const struct packet_want *want, enum packet_field field)
{
	return want->check & 1u << field;
}

/* ---- options ---- */

/* Leaves open in the kernel's options what a script usually does not care about. */
static void leave_open(struct tcp_option_bytes *options, const struct tcp_option_view *view)
{
	size_t at = (size_t)(view->bytes - options->bytes);

	if (view->kind == TCPOPT_KIND_TS || view->kind == TCPOPT_KIND_WSCALE)
		memset(options->any + at + 2, 1, view->length - 2u);
}

/*
 * Takes over the same option of the wanted ones: bytes that are open there stay open, and
 * timestamps keep their names.
 */
static bool take_over(struct tcp_option_bytes *options, const struct tcp_option_view *view,
                      const struct tcp_option_bytes *want)
{
	size_t at = (size_t)(view->bytes - options->bytes), offset = 0;
	struct tcp_option_view old;
	bool bad = false;

	while (want && tcp_option_next(want->bytes, want->length, &offset, &old, &bad)) {
		size_t was = (size_t)(old.bytes - want->bytes);

		if (old.kind != view->kind || old.length != view->length)
			continue;
		if (old.length > 2)
			memcpy(options->any + at + 2, want->any + was + 2, old.length - 2u);
		if (old.kind == TCPOPT_KIND_TS)
			memcpy(options->bytes + at, want->bytes + was, old.length);
		return true;
	}
	return false;
}

static const char *print_options(const struct tcp_header *seen, const struct tcp_option_bytes *want,
                                 char text[EDIT_TEXT])
{
	struct tcp_option_bytes options = { .length = seen->options_length };
	struct tcp_option_view view;
	size_t offset = 0;
	bool bad = false;

	memcpy(options.bytes, seen->options, seen->options_length);
	while (tcp_option_next(options.bytes, options.length, &offset, &view, &bad))
		if (view.length > 2 && !take_over(&options, &view, want))
			leave_open(&options, &view);
	return tcp_options_print_wanted(&options, text, EDIT_TEXT);
}

/* ---- a line that exists ---- */

/* The place behind the length: behind its parenthesis, and the '!' where there is one. */
static struct range behind_length(const struct packet_want *want)
{
	struct range length = packet_where(want, FIELD_LENGTH);

	length.end += want->absolute_sequence ? 2 : 1;
	return length;
}

/* The place where more can be written, behind the fields of TCP. */
static struct range end_of_fields(const struct packet_want *want)
{
	static const enum packet_field fields[] = { FIELD_ACKNOWLEDGMENT, FIELD_WINDOW,
		                                    FIELD_URGENT };
	struct range end = behind_length(want);

	for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++)
		if (packet_where(want, fields[i]).end > end.end)
			end = packet_where(want, fields[i]);
	return end;
}

/* An attribute such as "ack N", which may not be written yet, or must be removed. */
static void mend_attribute(const struct packet_want *want, enum packet_field field,
                           const char *name, uint32_t seen, bool needed, struct edits *edits)
{
	struct range where = packet_where(want, field);

	if (!needed)
		edits_add(edits, EDIT_WORDS, where, "%s", "");
	else if (where.end)
		edits_add(edits, EDIT_VALUE, where, "%u", seen);
	else
		edits_add(edits, EDIT_BEHIND,
		          field == FIELD_ACKNOWLEDGMENT ? behind_length(want) : end_of_fields(want),
		          " %s %u", name, seen);
}

static void mend_span(const struct packet_want *want, const struct segment *seen,
                      struct edits *edits)
{
	uint32_t length = seen->payload_length;

	/* Its bytes would have to be written, too. */
	if (want->segment.payload && length != want->segment.payload_length)
		edits_give_up(edits, packet_where(want, FIELD_PAYLOAD));
	if (!checks(want, FIELD_LENGTH))
		length = 0;
	else
		edits_add(edits, EDIT_WORDS, packet_where(want, FIELD_LENGTH), "%u", length);
	if (checks(want, FIELD_SEQUENCE))
		edits_add(edits, EDIT_WORDS, packet_where(want, FIELD_SEQUENCE), "%u:%u",
		          seen->tcp.sequence, seen->tcp.sequence + length);
}

static void mend_options(const struct packet_want *want, const struct segment *seen,
                         struct edits *edits)
{
	struct range where = packet_where(want, FIELD_OPTIONS);
	char text[EDIT_TEXT] = "";

	if (want->md5_valid) {
		edits_give_up(edits, where);
		return;
	}
	if (seen->tcp.options_length)
		print_options(&seen->tcp, want->options, text);
	if (where.end)
		edits_add(edits, EDIT_WORDS, where, "%s", text);
	else
		edits_add(edits, EDIT_BEHIND, end_of_fields(want), " %s", text);
}

static void mend_ecn(const struct packet_want *want, const struct segment *seen,
                     struct edits *edits)
{
	static const char *const words[] = { "noecn", "ect1", "ect0", "ce" };
	struct range where =
		packet_where(want, checks(want, FIELD_ECT01) ? FIELD_ECT01 : FIELD_ECN);

	edits_add(edits, EDIT_WORDS, where, "%s", words[seen->tos & 3]);
}

/* UDP and ICMP packets with several alternatives are rare. Of these, only lengths are corrected. */
static void mend_field(const struct packet_want *want, const struct segment *seen,
                       const char *field, struct range where, struct edits *edits)
{
	const struct tcp_header *tcp = &seen->tcp;
	char text[TCP_FLAGS_TEXT];

	if (!strcmp(field, "flags"))
		edits_add(edits, EDIT_WORDS, where, "%s", tcp_flags_print(tcp->flags, text));
	else if (!strcmp(field, "seq") || !strcmp(field, "length"))
		mend_span(want, seen, edits);
	else if (!strcmp(field, "UDP length"))
		edits_add(edits, EDIT_WORDS, where, "%u", seen->payload_length);
	else if (!strcmp(field, "ack"))
		mend_attribute(want, FIELD_ACKNOWLEDGMENT, "ack", tcp->acknowledgment,
		               tcp->flags & TCP_ACK || tcp->acknowledgment, edits);
	else if (!strcmp(field, "window"))
		mend_attribute(want, FIELD_WINDOW, "win", tcp->window, true, edits);
	else if (!strcmp(field, "urgent"))
		mend_attribute(want, FIELD_URGENT, "urg", tcp->urgent, tcp->urgent, edits);
	else if (!strncmp(field, "option", 6) && strncmp(field, "option TS", 9))
		mend_options(want, seen, edits);
	else if (!strcmp(field, "ECN"))
		mend_ecn(want, seen, edits);
	else if (!strcmp(field, "TOS"))
		edits_add(edits, EDIT_VALUE, where, "0x%02x", seen->tos);
	else if (!strcmp(field, "DSCP"))
		edits_add(edits, EDIT_VALUE, where, "0x%02x", seen->tos >> 2);
	else if (!strcmp(field, "TTL"))
		edits_add(edits, EDIT_VALUE, where, "%u", seen->ttl);
	else if (!strcmp(field, "IP id"))
		edits_add(edits, EDIT_VALUE, where, "%u", seen->ip_id);
	else if (!strcmp(field, "ports"))
		mend_ports(want, tcp->source, tcp->destination, edits);
	else
		edits_give_up(edits, where);
}

static bool differs_in(const struct mismatches *mismatches, const char *field)
{
	for (size_t i = 0; i < mismatches->count; i++)
		if (!strcmp(mismatches->list[i].field, field))
			return true;
	return false;
}

void mend_packet(const struct packet_want *want, const struct script_segment *script,
                 const struct mismatches *mismatches, struct edits *edits)
{
	const struct segment *seen = &script->segment;

	for (size_t i = 0; i < mismatches->count; i++)
		mend_field(want, seen, mismatches->list[i].field, mismatches->list[i].where, edits);
	/* Without the flag, the number of the ACK means something else. */
	if (differs_in(mismatches, "flags") && !(seen->tcp.flags & TCP_ACK) &&
	    packet_where(want, FIELD_ACKNOWLEDGMENT).end)
		edits_add(edits, EDIT_WORDS, packet_where(want, FIELD_ACKNOWLEDGMENT), "%s", "");
}

void mend_ports(const struct packet_want *want, uint16_t source, uint16_t destination,
                struct edits *edits)
{
	struct range where = packet_where(want, FIELD_PORTS),
		     flags = packet_where(want, FIELD_FLAGS);

	if (where.end)
		edits_add(edits, EDIT_WORDS, where, "%u > %u", source, destination);
	else
		edits_add(edits, EDIT_BEHIND, (struct range){ flags.begin, flags.begin },
		          "%u > %u ", source, destination);
}

/* ---- a line that does not exist ---- */

static void print_tcp(const struct segment *seen, struct text_buffer *out)
{
	const struct tcp_header *tcp = &seen->tcp;
	char flags[TCP_FLAGS_TEXT], options[EDIT_TEXT];

	text_add(out, "%s %u:%u(%u)", tcp_flags_print(tcp->flags, flags), tcp->sequence,
	         tcp->sequence + seen->payload_length, seen->payload_length);
	if (tcp->flags & TCP_ACK)
		text_add(out, " ack %u", tcp->acknowledgment);
	if (tcp->urgent)
		text_add(out, " urg %u", tcp->urgent);
	if (tcp->options_length)
		text_add(out, " %s", print_options(tcp, NULL, options));
}

bool mend_line(const struct segment *seen, bool ports, char text[EDIT_TEXT])
{
	struct text_buffer out = text_begin(text, EDIT_TEXT);
	struct segment whole = *seen;
	char inner[EDIT_TEXT];

	text_add(&out, "> ");
	if (whole.outer_length || (ports && whole.protocol != IPPROTO_TCP))
		return false;
	whole.payload = NULL;
	whole.payload_captured = 0;
	if (ports)
		text_add(&out, "%u > %u ", whole.tcp.source, whole.tcp.destination);
	if (whole.protocol == IPPROTO_TCP)
		print_tcp(&whole, &out);
	else
		text_add(&out, "%s", segment_print(&whole, inner, EDIT_TEXT));
	return out.length + 1 < EDIT_TEXT;
}
