#include "capture/reader.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "capture/libpcap.h"
#include "wire/bytes.h"

struct link_layer {
	int type;       /* libpcap's DLT_ */
	size_t header;  /* bytes before the packet */
	size_t type_at; /* the offset of two bytes that say what the packet is */
	size_t way_at;  /* the offset of a byte that says which way it went; 0: there is none */
	/*
	 * `type_at` is valid; otherwise the first byte of the packet says whether it is IPv4 or
	 * IPv6.
	 */
	bool has_type;
	bool has_trailer; /* short packets may be padded, and a checksum may follow */
};

static const struct link_layer link_layers[] = {
	/* clang-format off */
	{ .type = DLT_EN10MB,     .header = 14, .type_at = 12, .has_type = true, .has_trailer = true },
	{ .type = DLT_LINUX_SLL,  .header = 16, .type_at = 14, .has_type = true, .way_at = 1 },
	{ .type = DLT_LINUX_SLL2, .header = 20, .type_at = 0,  .has_type = true, .way_at = 10 },
	{ .type = DLT_RAW,        .header = 0 },
	{ .type = DLT_IPV4,       .header = 0 },
	{ .type = DLT_IPV6,       .header = 0 },
	{ .type = DLT_NULL,       .header = 4 }, /* the number of an address family comes first */
	{ .type = DLT_LOOP,       .header = 4 },
	/* clang-format on */
};

struct reader {
	pcap_t *file;
	const char *path;
	const struct link_layer *link;
	unsigned long frames;
};

/* ---- opening ---- */

static const struct link_layer *link_layer_find(int type)
{
	for (size_t i = 0; i < sizeof(link_layers) / sizeof(link_layers[0]); i++)
		if (link_layers[i].type == type)
			return &link_layers[i];
	return NULL;
}

static bool is_standard_input(const char *path)
{
	return !strcmp(path, "-");
}

/* These cases are caught here because libpcap's messages for them speak of its own details. */
static enum fault check_file(const char *path, char *error)
{
	struct stat info;

	if (is_standard_input(path) || stat(path, &info) != 0)
		return FAULT_NONE;
	if (S_ISDIR(info.st_mode))
		return fault_say(FAULT_BROKEN, error, "%s is a directory", path);
	if (S_ISREG(info.st_mode) && info.st_size == 0)
		return fault_say(FAULT_BROKEN, error, "%s is empty: it has no packets", path);
	return FAULT_NONE;
}

static enum fault choose_link_layer(struct reader *reader, char *error)
{
	int type = libpcap.datalink(reader->file);
	const char *name = libpcap.datalink_name(type);

	reader->link = link_layer_find(type);
	if (reader->link)
		return FAULT_NONE;
	return fault_say(FAULT_BROKEN, error,
	                 "%s: packets of the link type %s (%d) cannot be read; Ethernet, Linux "
	                 "cooked and raw IP can",
	                 reader->path, name ? name : "without a name", type);
}

/* Adds the path to libpcap's message, unless it names the file already. */
static enum fault say_of_file(char *error, const char *path, const char *what)
{
	size_t length = strlen(path);

	if (!strncmp(what, path, length) && what[length] == ':')
		return fault_say(FAULT_BROKEN, error, "%s", what);
	return fault_say(FAULT_BROKEN, error, "%s: %s", path, what);
}

enum fault reader_open(struct reader **result, const char *path, char *error)
{
	char why[PCAP_ERRBUF_SIZE] = "";
	enum fault failure = libpcap_load(error);

	if (failure == FAULT_NONE)
		failure = check_file(path, error);
	if (failure != FAULT_NONE)
		return failure;
	struct reader *reader = calloc(1, sizeof(*reader));
	if (!reader)
		return fault_say(FAULT_BROKEN, error, "%s: out of memory", path);
	reader->path = path;
	reader->file = libpcap.open_offline(path, PCAP_TSTAMP_PRECISION_NANO, why);
	failure = reader->file ? choose_link_layer(reader, error) : say_of_file(error, path, why);
	if (failure != FAULT_NONE)
		reader_close(reader);
	else
		*result = reader;
	return failure;
}

void reader_close(struct reader *reader)
{
	if (!reader)
		return;
	if (reader->file)
		libpcap.close(reader->file);
	free(reader);
}

/* ---- a frame ---- */

enum {
	ETHERTYPE_IPV4 = 0x0800,
	ETHERTYPE_IPV6 = 0x86dd,
	ETHERTYPE_VLAN = 0x8100,     /* IEEE 802.1Q */
	ETHERTYPE_QINQ = 0x88a8,     /* IEEE 802.1ad: the outer one of two tags */
	ETHERTYPE_QINQ_OLD = 0x9100, /* the same, from before there was a standard */
	VLAN_TAG = 4,
	COOKED_OUTGOING = 4, /* LINUX_SLL_OUTGOING */
};

static bool is_vlan(uint16_t type)
{
	return type == ETHERTYPE_VLAN || type == ETHERTYPE_QINQ || type == ETHERTYPE_QINQ_OLD;
}

/* Skips `bytes` at the front of what is left of the frame. */
static void step(struct captured_packet *packet, size_t bytes)
{
	packet->bytes += bytes;
	packet->captured -= bytes;
	packet->length -= bytes < packet->length ? bytes : packet->length;
}

/* Leaves the IP packet. Returns false when there is none, or when the capture ends before it. */
static bool strip_link(const struct link_layer *link, struct captured_packet *packet)
{
	const uint8_t *frame = packet->bytes;

	if (packet->captured < link->header)
		return false;
	if (link->way_at)
		packet->way = frame[link->way_at] == COOKED_OUTGOING ? WAY_SENT : WAY_RECEIVED;
	step(packet, link->header);
	if (!link->has_type)
		return packet->captured > 0;
	uint16_t type = get16(frame + link->type_at);
	while (is_vlan(type) && packet->captured >= VLAN_TAG) {
		type = get16(packet->bytes + 2);
		step(packet, VLAN_TAG);
	}
	return (type == ETHERTYPE_IPV4 || type == ETHERTYPE_IPV6) && packet->captured > 0;
}

/* The length that the packet's own header says; 0 when it says none. */
static size_t length_in_header(const struct captured_packet *packet)
{
	const uint8_t *bytes = packet->bytes;

	if (bytes[0] >> 4 == 4 && packet->captured >= IPV4_HEADER)
		return get16(bytes + 2);
	if (bytes[0] >> 4 == 6 && packet->captured >= IPV6_HEADER && get16(bytes + 4))
		return IPV6_HEADER + (size_t)get16(bytes + 4);
	return 0;
}

/*
 * Ethernet pads frames to 60 bytes, and some devices also hand over the four bytes of the frame's
 * checksum.
 */
static void cut_trailer(struct captured_packet *packet)
{
	size_t length = length_in_header(packet);

	if (length < IPV4_HEADER || length >= packet->length)
		return;
	packet->length = length;
	if (packet->captured > length)
		packet->captured = length;
}

enum reader_answer reader_next(struct reader *reader, struct captured_packet *packet, char *error)
{
	struct pcap_pkthdr *header;
	const u_char *bytes;
	int got = libpcap.next(reader->file, &header, &bytes);

	if (got == PCAP_ERROR_BREAK)
		return READER_END;
	if (got != 1) {
		fault_say(FAULT_BROKEN, error, "%s: after frame %lu: %s", reader->path,
		          reader->frames, libpcap.error(reader->file));
		return READER_BROKEN;
	}
	*packet = (struct captured_packet){
		.number = ++reader->frames,
		.at = { header->ts.tv_sec, header->ts.tv_usec }, /* tv_usec holds nanoseconds */
		.bytes = bytes,
		.captured = header->caplen,
		.length = header->len > header->caplen ? header->len : header->caplen,
	};
	if (!strip_link(reader->link, packet))
		packet->bytes = NULL;
	else if (reader->link->has_trailer)
		cut_trailer(packet);
	return READER_PACKET;
}

const char *reader_decode(const struct captured_packet *packet, struct segment *segment)
{
	if (!packet->bytes)
		return "there is no IP packet in the frame";
	return segment_decode(packet->bytes, packet->captured, packet->length, CHECKSUM_IGNORED,
	                      segment);
}
