#include "capture/libpcap.h"

#include "base/library.h"
#include "config.h"

struct libpcap libpcap;

static const struct library_function functions[] = {
	/* clang-format off */
	{ "pcap_open_dead_with_tstamp_precision",    &libpcap.open_dead },
	{ "pcap_open_offline_with_tstamp_precision", &libpcap.open_offline },
	{ "pcap_next_ex",                            &libpcap.next },
	{ "pcap_datalink",                           &libpcap.datalink },
	{ "pcap_datalink_val_to_name",               &libpcap.datalink_name },
	{ "pcap_close",                              &libpcap.close },
	{ "pcap_geterr",                             &libpcap.error },
	{ "pcap_dump_open",                          &libpcap.dump_open },
	{ "pcap_dump_file",                          &libpcap.dump_stream },
	{ "pcap_dump",                               &libpcap.dump },
	{ "pcap_dump_flush",                         &libpcap.dump_flush },
	{ "pcap_dump_close",                         &libpcap.dump_close },
	/* clang-format on */
};

enum fault libpcap_load(char *error)
{
	static struct library library = {
		.file = LIBPCAP_FILE,
		.functions = functions,
		.count = sizeof(functions) / sizeof(functions[0]),
	};
	char why[FAULT_TEXT];

	if (library_load(&library, why))
		return FAULT_NONE;
	return fault_say(FAULT_BROKEN, error, "pcap files cannot be used: %.200s", why);
}
