/*
 * Each tracepoint has a perf event for each processor, which threads and children inherit. The
 * events of a processor write into one ring. Nobody waits for a ring: the rings are read before and
 * after what we do. Records are kept as they are, and become words only when somebody asks, because
 * the table of the kernel's functions is long.
 */
#include "kernel/reasons.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/mount.h>
#include <linux/perf_event.h>
#include <net/ethernet.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/fault.h"
#include "kernel/tracepoint.h"

enum { RING_PAGES = 2, RECORD_MAX = 128, KEPT_MAX = 64, FORMAT_MAX = 64 << 10 };

enum about { DROP, RESET, TRACEPOINTS };

static const char *const paths[TRACEPOINTS] = {
	[DROP] = "events/skb/kfree_skb/format",
	[RESET] = "events/tcp/tcp_send_reset/format",
};

struct record {
	enum about about;
	size_t length;
	uint8_t bytes[RECORD_MAX];
	bool sent; /* it is about a packet that the kernel sent; otherwise about an injected one */
	unsigned number; /* 0: not known yet */
};

struct reasons {
	char *formats[TRACEPOINTS]; /* NULL: this kernel does not have the tracepoint */
	int *events;
	size_t event_count;
	/* One for each processor; NULL: the processor is off. */
	struct perf_event_mmap_page **rings;
	size_t processors;
	size_t page; /* bytes of a page; a ring has a page for its head, and RING_PAGES */
	struct record kept[KEPT_MAX]; /* the last ones */
	size_t count;
};

/* ---- tracefs ---- */

/*
 * tracefs need not be mounted anywhere, and we do not mount it: this one disappears with its
 * descriptor.
 */
static int tracefs_open(void)
{
	int context = (int)syscall(SYS_fsopen, "tracefs", FSOPEN_CLOEXEC), folder = -1;
	int failed;

	if (context < 0)
		return -1;
	if (syscall(SYS_fsconfig, context, FSCONFIG_CMD_CREATE, NULL, NULL, 0) == 0)
		folder = (int)syscall(SYS_fsmount, context, FSMOUNT_CLOEXEC, 0);
	failed = errno;
	close(context);
	errno = failed;
	return folder;
}

/* The caller frees the result. */
static char *format_read(int folder, const char *path)
{
	int file = openat(folder, path, O_RDONLY | O_CLOEXEC);
	char *text = file < 0 ? NULL : malloc(FORMAT_MAX);
	size_t length = 0;
	ssize_t got = 1;

	while (text && got > 0 && length < FORMAT_MAX - 1) {
		got = read(file, text + length, FORMAT_MAX - 1 - length);
		length += got > 0 ? (size_t)got : 0;
	}
	if (text)
		text[length] = '\0';
	if (file >= 0)
		close(file);
	return text;
}

/* Returns false when there are none, or when we may not read them. */
static bool formats_read(char *formats[TRACEPOINTS], char *error)
{
	int folder = tracefs_open();

	if (folder < 0) {
		fault_say(FAULT_MISSING, error, "%s",
		          errno == EPERM || errno == EACCES ? "it tells its reasons only to root"
		          : errno == ENODEV                 ? "it has no tracefs (CONFIG_TRACING)"
		                                            : strerror(errno));
		return false;
	}
	for (size_t i = 0; i < TRACEPOINTS; i++)
		formats[i] = format_read(folder, paths[i]);
	close(folder);
	if (formats[DROP] || formats[RESET])
		return true;
	fault_say(FAULT_MISSING, error,
	          "it has neither of the tracepoints skb:kfree_skb and "
	          "tcp:tcp_send_reset");
	return false;
}

/* ---- opening ---- */

static int event_open(unsigned id, int processor)
{
	struct perf_event_attr attributes = {
		.type = PERF_TYPE_TRACEPOINT,
		.size = sizeof(attributes),
		.config = id,
		.sample_period = 1,
		.sample_type = PERF_SAMPLE_RAW,
		.inherit = 1,
	};

	return (int)syscall(SYS_perf_event_open, &attributes, 0, processor, -1,
	                    PERF_FLAG_FD_CLOEXEC);
}

static size_t ring_length(const struct reasons *reasons)
{
	return (1 + RING_PAGES) * reasons->page;
}

/* The first event of a processor has the ring; the second one writes into the same ring. */
static bool ring_join(struct reasons *reasons, int event, size_t processor)
{
	void *ring;

	if (reasons->rings[processor])
		return ioctl(event, PERF_EVENT_IOC_SET_OUTPUT,
		             reasons->events[reasons->event_count - 2]) == 0;
	ring = mmap(NULL, ring_length(reasons), PROT_READ | PROT_WRITE, MAP_SHARED, event, 0);
	if (ring == MAP_FAILED)
		return false;
	reasons->rings[processor] = ring;
	return true;
}

static bool listen_on(struct reasons *reasons, size_t processor)
{
	for (size_t i = 0; i < TRACEPOINTS; i++) {
		int event;

		if (!reasons->formats[i])
			continue;
		event = event_open(tracepoint_id(reasons->formats[i]), (int)processor);
		/* This processor is off. */
		if (event < 0 && errno == ENODEV)
			return true;
		if (event < 0)
			return false;
		reasons->events[reasons->event_count++] = event;
		if (!ring_join(reasons, event, processor))
			return false;
	}
	return true;
}

struct reasons *reasons_open(char *error)
{
	struct reasons *reasons = calloc(1, sizeof(*reasons));
	long processors = sysconf(_SC_NPROCESSORS_CONF);
	bool good = reasons && formats_read(reasons->formats, error);

	if (!good) {
		reasons_close(reasons);
		return NULL;
	}
	reasons->processors = processors > 0 ? (size_t)processors : 1;
	reasons->page = (size_t)sysconf(_SC_PAGESIZE);
	reasons->events = calloc(reasons->processors * TRACEPOINTS, sizeof(*reasons->events));
	reasons->rings = calloc(reasons->processors, sizeof(*reasons->rings));
	good = reasons->events && reasons->rings;
	for (size_t i = 0; good && i < reasons->processors; i++)
		good = listen_on(reasons, i);
	if (good)
		return reasons;
	fault_say(FAULT_MISSING, error, "%s",
	          errno == EPERM || errno == EACCES ? "it tells its reasons only to root"
	          : errno == ENOSYS                 ? "it has no perf events (CONFIG_PERF_EVENTS)"
	                                            : strerror(errno));
	reasons_close(reasons);
	return NULL;
}

void reasons_close(struct reasons *reasons)
{
	if (!reasons)
		return;
	for (size_t i = 0; reasons->rings && i < reasons->processors; i++)
		if (reasons->rings[i])
			munmap(reasons->rings[i], ring_length(reasons));
	for (size_t i = 0; i < reasons->event_count; i++)
		close(reasons->events[i]);
	for (size_t i = 0; i < TRACEPOINTS; i++)
		free(reasons->formats[i]);
	free(reasons->rings);
	free(reasons->events);
	free(reasons);
}

bool reasons_are_told(char *error)
{
	char *formats[TRACEPOINTS] = { NULL, NULL };
	bool told = formats_read(formats, error);

	for (size_t i = 0; i < TRACEPOINTS; i++)
		free(formats[i]);
	return told;
}

/* ---- reading ---- */

static void copy_out(const struct perf_event_mmap_page *ring, uint64_t from, void *to,
                     size_t length)
{
	const uint8_t *bytes = (const uint8_t *)ring + ring->data_offset;

	for (size_t i = 0; i < length; i++)
		((uint8_t *)to)[i] = bytes[(from + i) % ring->data_size];
}

static bool is_of(const struct reasons *reasons, enum about about, const struct record *record)
{
	const char *format = reasons->formats[about];
	uint64_t id;

	return format &&
	       tracepoint_number(format, "common_type", record->bytes, record->length, &id) &&
	       id == tracepoint_id(format);
}

/*
 * Buffers without a packet are freed, too, and a packet that was used is also reported when it is
 * freed.
 */
static bool is_dropped_packet(const struct reasons *reasons, const struct record *record)
{
	const char *format = reasons->formats[DROP];
	uint64_t protocol = 0;

	return tracepoint_number(format, "protocol", record->bytes, record->length, &protocol) &&
	       (protocol == ETHERTYPE_IP || protocol == ETHERTYPE_IPV6);
}

static void keep(struct reasons *reasons, const struct record *record)
{
	struct record *kept = &reasons->kept[reasons->count++ % KEPT_MAX];

	*kept = *record;
	kept->number = 0;
}

/* A sample is its size and so many bytes. */
static void take_sample(struct reasons *reasons, const struct perf_event_mmap_page *ring,
                        uint64_t at, bool drops)
{
	struct record record;
	uint32_t size;

	copy_out(ring, at + sizeof(struct perf_event_header), &size, sizeof(size));
	record.length = size < RECORD_MAX ? size : RECORD_MAX;
	copy_out(ring, at + sizeof(struct perf_event_header) + sizeof(size), record.bytes,
	         record.length);
	record.about = is_of(reasons, RESET, &record) ? RESET : DROP;
	record.sent = record.about == RESET;
	if (record.about == RESET ||
	    (drops && is_of(reasons, DROP, &record) && is_dropped_packet(reasons, &record)))
		keep(reasons, &record);
}

static void read_ring(struct reasons *reasons, struct perf_event_mmap_page *ring, bool drops)
{
	uint64_t head =
		atomic_load_explicit((_Atomic uint64_t *)&ring->data_head, memory_order_acquire);
	uint64_t at = ring->data_tail;

	while (at < head) {
		struct perf_event_header header;

		copy_out(ring, at, &header, sizeof(header));
		if (header.size < sizeof(header))
			break;
		if (header.type == PERF_RECORD_SAMPLE)
			take_sample(reasons, ring, at, drops);
		at += header.size;
	}
	atomic_store_explicit((_Atomic uint64_t *)&ring->data_tail, head, memory_order_release);
}

/* Drops are left out when they are not wanted. A RST is always kept. */
static void read_rings(struct reasons *reasons, bool drops)
{
	for (size_t i = 0; i < reasons->processors; i++)
		if (reasons->rings[i])
			read_ring(reasons, reasons->rings[i], drops);
}

/* ---- which packet it is about ---- */

void reasons_before(struct reasons *reasons)
{
	if (reasons)
		read_rings(reasons, false);
}

void reasons_injected(struct reasons *reasons, unsigned number)
{
	size_t before, oldest;

	if (!reasons)
		return;
	before = reasons->count;
	read_rings(reasons, true);
	oldest = reasons->count > KEPT_MAX ? reasons->count - KEPT_MAX : 0;
	for (size_t i = before > oldest ? before : oldest; i < reasons->count; i++)
		if (reasons->kept[i % KEPT_MAX].about == DROP)
			reasons->kept[i % KEPT_MAX].number = number;
}

/* The port in a socket address of a record, of either family. */
static unsigned port_of(const struct reasons *reasons, const struct record *record,
                        const char *field)
{
	size_t size;
	const uint8_t *address = tracepoint_field(reasons->formats[RESET], field, record->bytes,
	                                          record->length, &size);

	return address && size >= 4 ? (unsigned)(address[2] << 8 | address[3]) : 0;
}

/* Kernels differ in which of the two ports is ours. */
static bool is_between(const struct reasons *reasons, const struct record *record, unsigned one,
                       unsigned other)
{
	unsigned from = port_of(reasons, record, "saddr"), to = port_of(reasons, record, "daddr");

	return (from == one && to == other) || (from == other && to == one);
}

void reasons_sent(struct reasons *reasons, unsigned number, const struct segment *segment)
{
	size_t oldest;

	if (!reasons || segment->protocol != IPPROTO_TCP || !(segment->tcp.flags & TCP_RST))
		return;
	read_rings(reasons, false);
	oldest = reasons->count > KEPT_MAX ? reasons->count - KEPT_MAX : 0;
	for (size_t i = oldest; i < reasons->count; i++) {
		struct record *record = &reasons->kept[i % KEPT_MAX];

		if (record->about != RESET || record->number ||
		    !is_between(reasons, record, segment->tcp.source, segment->tcp.destination))
			continue;
		record->number = number;
		return;
	}
}

/* ---- words ---- */

static bool name_of(const struct reasons *reasons, const struct record *record, char *name,
                    size_t size)
{
	const char *format = reasons->formats[record->about];
	uint64_t reason;

	/* When a kernel gives no reason, we do not even know that there was one. */
	return tracepoint_number(format, "reason", record->bytes, record->length, &reason) &&
	       tracepoint_name(format, "reason", reason, name, size) &&
	       strcmp(name, "NOT_SPECIFIED");
}

static bool place_of(const struct reasons *reasons, const struct record *record, char *name,
                     size_t size)
{
	const char *format = reasons->formats[record->about];
	uint64_t address;
	FILE *table;
	bool found;

	if (!tracepoint_number(format, "location", record->bytes, record->length, &address))
		return false;
	table = fopen("/proc/kallsyms", "re");
	found = table && kernel_function(table, address, name, size);
	if (table)
		fclose(table);
	return found;
}

static void say(const struct reasons *reasons, const struct record *record, const char *name,
                char *text, size_t size)
{
	char place[128];
	bool placed = record->about == DROP && place_of(reasons, record, place, sizeof(place));

	snprintf(text, size, "%s: %s%s%s", record->about == DROP ? "dropped" : "sent", name,
	         placed ? ", in " : "", placed ? place : "");
}

bool reasons_of(const struct reasons *reasons, bool sent, unsigned number, char *text, size_t size)
{
	size_t oldest = reasons->count > KEPT_MAX ? reasons->count - KEPT_MAX : 0;
	char name[64];

	for (size_t i = reasons->count; i-- > oldest;) {
		const struct record *record = &reasons->kept[i % KEPT_MAX];

		if (record->number != number || record->sent != sent ||
		    !name_of(reasons, record, name, sizeof(name)))
			continue;
		say(reasons, record, name, text, size);
		return true;
	}
	return false;
}
