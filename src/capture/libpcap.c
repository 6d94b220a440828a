#include "capture/libpcap.h"

#include <dlfcn.h>
#include <string.h>

#include "config.h"

struct libpcap libpcap;

static const struct {
	const char *name;
	void *pointer;
} functions[] = {
	/* clang-format off */
	{ "pcap_open_dead_with_tstamp_precision",    &libpcap.open_dead },
	{ "pcap_open_offline_with_tstamp_precision", &libpcap.open_offline },
	{ "pcap_next_ex",                            &libpcap.next },
	{ "pcap_datalink",                           &libpcap.datalink },
	{ "pcap_datalink_val_to_name",               &libpcap.datalink_name },
	{ "pcap_snapshot",                           &libpcap.snapshot },
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
	static void *library;

	if (library)
		return FAULT_NONE;
	void *opened = dlopen(LIBPCAP_FILE, RTLD_NOW);
	if (!opened)
		return fault_say(FAULT_BROKEN, error, "pcap files cannot be used: %s", dlerror());
	for (size_t i = 0; i < sizeof(functions) / sizeof(functions[0]); i++) {
		void *function = dlsym(opened, functions[i].name);

		if (!function)
			return fault_say(FAULT_BROKEN, error, "pcap files cannot be used: %s",
			                 dlerror());
		memcpy(functions[i].pointer, &function, sizeof(function));
	}
	library = opened;
	return FAULT_NONE;
}
