#include "author/names.h"

#include <netinet/in.h>
#include <string.h>

#include "base/text.h"
#include "wire/icmp.h"
#include "wire/tcp_options.h"

/*
 * Where the timestamps of a script begin. The small values are the peer's, so that they are easy to
 * tell apart.
 */
static const uint32_t first_stamp[] = { [KERNEL] = 1000, [PEER] = 100 };

void names_begin(struct names *names, enum party party, uint32_t isn)
{
	names->isn[party] = isn;
}

uint32_t names_number(const struct names *names, enum party party, uint32_t number)
{
	return number - names->isn[party];
}

/* ---- timestamps ---- */

static uint32_t stamp_name(struct names *names, enum party party, uint32_t value)
{
	if (!names->timestamp_known[party]) {
		names->timestamp_known[party] = true;
		names->timestamp[party] = value;
	}
	return value - names->timestamp[party] + first_stamp[party];
}

void names_begin_stamps(struct names *names, enum party party, uint32_t value)
{
	names->timestamp_known[party] = true;
	names->timestamp[party] = value;
}

static void remember_stamp(struct names *names, uint32_t name)
{
	if (names->echo_count == ECHOES_MAX)
		memmove(names->echoes, names->echoes + 1,
		        (--names->echo_count) * sizeof(names->echoes[0]));
	names->echoes[names->echo_count++] = name;
}

/* Only a value that a line has named can be echoed. In place of another one, the latest is used. */
static uint32_t echo_by_peer(struct names *names, uint32_t value)
{
	if (!value || !names->echo_count)
		return 0;
	uint32_t name = stamp_name(names, KERNEL, value);
	for (size_t i = 0; i < names->echo_count; i++)
		if (names->echoes[i] == name)
			return name;
	return names->echoes[names->echo_count - 1];
}

static void name_stamps(struct names *names, enum party party, struct tcp_header *tcp)
{
	uint32_t value, echo;

	if (!tcp_timestamp_get(tcp, &value, &echo))
		return;
	value = stamp_name(names, party, value);
	if (party == PEER)
		echo = echo_by_peer(names, echo);
	else if (echo)
		echo = stamp_name(names, PEER, echo);
	if (party == KERNEL)
		remember_stamp(names, value);
	tcp_timestamp_set(tcp, value, echo);
}

/* ---- options ---- */

static bool is_well_formed(const struct tcp_header *tcp)
{
	struct tcp_option_view view;
	size_t offset = 0, sum = 0;
	bool bad = false;

	while (tcp_option_next(tcp->options, tcp->options_length, &offset, &view, &bad))
		sum += view.length;
	return !bad && sum == tcp->options_length;
}

/* "mss 1460" becomes "mss *". */
static void open_number(char *text, const char *word)
{
	char *at = strstr(text, word);

	if (!at)
		return;
	at += strlen(word);
	size_t digits = strspn(at, "0123456789");
	*at = '*';
	memmove(at + 1, at + digits, strlen(at + digits) + 1);
}

static void add_options(struct text_buffer *line, struct names *names, enum party party,
                        struct tcp_header tcp, const struct line_form *form)
{
	char text[SEGMENT_TEXT];

	if (!tcp.options_length)
		return;
	if (!is_well_formed(&tcp)) {
		/* Bytes that are not an option, or are padding, are written byte by byte. */
		text_add(line, " <raw ");
		text_add_hex(line, tcp.options, tcp.options_length);
		text_add(line, ">");
		return;
	}
	tcp_sack_shift(&tcp, -names->isn[!party]);
	name_stamps(names, party, &tcp);
	tcp_options_print(tcp.options, tcp.options_length, text, sizeof(text));
	if (party == KERNEL && form->any_syn_numbers) {
		open_number(text, "mss ");
		open_number(text, "wscale ");
	}
	if (party == KERNEL && form->any_stamps) {
		open_number(text, "TS val ");
		open_number(text, " ecr ");
	}
	text_add(line, " %s", text);
}

/* ---- lines ---- */

/* The language writes the '.' behind the letters. */
static const char *flags_text(uint16_t flags, char text[TCP_FLAGS_TEXT])
{
	char *dot;

	tcp_flags_print(flags, text);
	dot = strchr(text, '.');
	if (dot && dot[1]) {
		memmove(dot, dot + 1, strlen(dot));
		strcat(text, ".");
	}
	return text;
}

static void add_ports(struct text_buffer *line, enum party party, const struct line_form *form)
{
	uint16_t from = party == KERNEL ? form->kernel_port : form->peer_port;
	uint16_t to = party == KERNEL ? form->peer_port : form->kernel_port;

	if (from || to)
		text_add(line, "%u > %u ", from, to);
}

/* The sequence numbers and the length. */
static void add_range(struct text_buffer *line, enum party party, uint32_t from, uint32_t length,
                      const struct line_form *form)
{
	uint32_t to = form->any_length ? from : from + length;

	if (party == KERNEL && form->any_sequence)
		text_add(line, "*");
	else
		text_add(line, "%u:%u", from, party == KERNEL ? to : from + length);
	if (party == KERNEL && form->any_length)
		text_add(line, "(...)");
	else
		text_add(line, "(%u)", length);
}

static void add_tcp(struct text_buffer *line, struct names *names, enum party party,
                    const struct segment *segment, const struct line_form *form)
{
	const struct tcp_header *tcp = &segment->tcp;
	char flags[TCP_FLAGS_TEXT];

	if (party == PEER && segment->tos)
		text_add(line, "(tos 0x%02x) ", segment->tos);
	add_ports(line, party, form);
	uint32_t from = names_number(names, party, tcp->sequence);
	text_add(line, "%s ", flags_text(tcp->flags, flags));
	add_range(line, party, from, segment->payload_length, form);
	if (tcp->flags & TCP_ACK && party == PEER && form->any_acknowledgment)
		text_add(line, " ack *");
	else if (tcp->flags & TCP_ACK)
		text_add(line, " ack %u", names_number(names, !party, tcp->acknowledgment));
	if (party == PEER)
		text_add(line, " win %u", tcp->window);
	if (tcp->flags & TCP_URG)
		text_add(line, " urg %u", tcp->urgent);
	add_options(line, names, party, *tcp, form);
}

static void add_icmp_name(struct text_buffer *line, const char *name, const char *other,
                          unsigned number)
{
	if (name)
		text_add(line, " %s", name);
	else
		text_add(line, " %s_%u", other, number);
}

static void add_icmp(struct text_buffer *line, const struct names *names,
                     const struct segment *segment, const struct line_form *form)
{
	const struct icmp_header *icmp = &segment->icmp;
	uint32_t from = names_number(names, KERNEL, icmp->quote.sequence);
	unsigned length = icmp->quote.payload_length;

	add_ports(line, PEER, form);
	text_add(line, "icmp");
	add_icmp_name(line, icmp_type_name(segment->protocol, icmp->type), "type", icmp->type);
	if (icmp->code || icmp_code_name(segment->protocol, icmp->type, icmp->code))
		add_icmp_name(line, icmp_code_name(segment->protocol, icmp->type, icmp->code),
		              "code", icmp->code);
	if (icmp_rest_meaning(segment->protocol, icmp->type, icmp->code) == ICMP_REST_MTU)
		text_add(line, " mtu %u", icmp->rest);
	text_add(line, " [%u:%u(%u)]", from, from + length, length);
}

void names_line(struct names *names, enum party party, const struct segment *segment,
                const struct line_form *form, char text[LINE_TEXT])
{
	struct text_buffer line = text_begin(text, LINE_TEXT);

	text_add(&line, party == KERNEL ? "> " : "< ");
	if (segment->protocol == IPPROTO_TCP)
		add_tcp(&line, names, party, segment, form);
	else
		add_icmp(&line, names, segment, form);
}
