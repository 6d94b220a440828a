#include "wire/segment.h"

#include <assert.h>
#include <stddef.h>

#include "base/text.h"
#include "wire/icmp.h"
#include "wire/tcp_options.h"

static const struct {
	uint16_t flag;
	char letter;
} flag_rows[] = {
	{ TCP_FIN, 'F' }, { TCP_SYN, 'S' }, { TCP_RST, 'R' }, { TCP_PSH, 'P' },
	{ TCP_ACK, '.' }, { TCP_URG, 'U' }, { TCP_ECE, 'E' }, { TCP_CWR, 'W' },
	{ TCP_AE, 'A' },  { 0x200, 'x' },   { 0x400, 'y' },   { 0x800, 'z' },
};

#define FLAG_ROWS (sizeof(flag_rows) / sizeof(flag_rows[0]))
static_assert(FLAG_ROWS < TCP_FLAGS_TEXT, "all flags at once have no room");

const char *tcp_flags_print(uint16_t flags, char text[TCP_FLAGS_TEXT])
{
	size_t length = 0;

	for (size_t i = 0; i < FLAG_ROWS; i++)
		if (flags & flag_rows[i].flag)
			text[length++] = flag_rows[i].letter;
	if (length == 0)
		text[length++] = '-';
	text[length] = '\0';
	return text;
}

static void print_tcp(const struct segment *segment, struct text_buffer *out)
{
	const struct tcp_header *tcp = &segment->tcp;
	char flags[TCP_FLAGS_TEXT], options[SEGMENT_TEXT];

	text_add(out, "%s %u:%u(%u)", tcp_flags_print(tcp->flags, flags), tcp->sequence,
	         tcp->sequence + segment->payload_length, segment->payload_length);
	if (tcp->flags & TCP_ACK)
		text_add(out, " ack %u", tcp->acknowledgment);
	text_add(out, " win %u", tcp->window);
	if (tcp->flags & TCP_URG || tcp->urgent)
		text_add(out, " urg %u", tcp->urgent);
	if (segment->fixed & ADDED_CHECKSUM)
		text_add(out, " badsum %u", segment->checksum);
	if (segment->fixed & FIXED_DATA_OFFSET)
		text_add(out, " offset %u", tcp->data_offset);
	if (tcp->options_length > 0)
		text_add(out, " %s",
		         tcp_options_print(tcp->options, tcp->options_length, options,
		                           sizeof(options)));
}

static void print_quote(const struct segment *segment, struct text_buffer *out)
{
	const struct icmp_quote *quote = &segment->icmp.quote;

	if (quote->protocol == IPPROTO_TCP)
		text_add(out, " [%u:%u(%u)]", quote->sequence,
		         quote->sequence + quote->payload_length, quote->payload_length);
	else if (quote->protocol == IPPROTO_UDP)
		text_add(out, " [udp (%u)]", quote->payload_length);
	else if (quote->protocol == IPPROTO_RAW)
		text_add(out, " [raw (%u)]", quote->payload_length);
	else if (segment->payload_length > 0)
		/* A script counts the eight bytes of the ICMP header, too. */
		text_add(out, " [raw (%u)]", segment->payload_length + 8);
}

static void print_icmp(const struct segment *segment, struct text_buffer *out)
{
	const struct icmp_header *icmp = &segment->icmp;
	const char *type = icmp_type_name(segment->protocol, icmp->type);
	const char *code = icmp_code_name(segment->protocol, icmp->type, icmp->code);

	if (type)
		text_add(out, "icmp %s", type);
	else
		text_add(out, "icmp type_%u", icmp->type);
	if (code)
		text_add(out, " %s", code);
	else if (icmp->code != 0)
		text_add(out, " code_%u", icmp->code);
	switch (icmp_rest_meaning(segment->protocol, icmp->type, icmp->code)) {
	case ICMP_REST_MTU:
		text_add(out, " mtu %u",
		         segment->protocol == IPPROTO_ICMP ? icmp->rest & 0xffff : icmp->rest);
		break;
	case ICMP_REST_ID:
		text_add(out, " id %u", icmp->rest >> 16);
		break;
	case ICMP_REST_UNUSED:
		break;
	}
	print_quote(segment, out);
}

const char *segment_print(const struct segment *segment, char *text, size_t size)
{
	struct text_buffer out = text_begin(text, size);

	switch (segment->protocol) {
	case IPPROTO_TCP:
		print_tcp(segment, &out);
		break;
	case IPPROTO_UDP:
		text_add(&out, "udp (%u)", segment->payload_length);
		break;
	case IPPROTO_ICMP:
	case IPPROTO_ICMPV6:
		print_icmp(segment, &out);
		break;
	default:
		text_add(&out, "protocol %u", segment->protocol);
	}
	return text;
}
