/* Whether frames can leave a device of either end: a cable may be pulled during a test. */
#ifndef TCPCLOSE_REMOTE_CARRIER_H
#define TCPCLOSE_REMOTE_CARRIER_H

#include <stdbool.h>

#include "base/fault.h"

/*
 * False when the device is up and its cable leads to nothing; `error` gets a sentence that begins
 * with `whose`. A device that is down was perhaps taken down by the script, and is no trouble.
 */
bool carrier_is_there(const char *device, const char *whose, char error[FAULT_TEXT]);

#endif
