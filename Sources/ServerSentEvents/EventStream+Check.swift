extension EventStream.Configuration {
    /// Throws if a setting cannot be used.
    func check() throws(EventStreamError) {
        let problem =
            if limits.eventSize < 1 {
                "`Limits.eventSize` is \(limits.eventSize): give at least 1 byte."
            } else if limits.bufferLow < 0 || limits.bufferLow >= limits.bufferHigh
                || limits.bufferHigh > limits.bufferMaximum
            {
                "The buffer limits are out of order: give 0 ≤ low < high ≤ maximum."
            } else if limits.redirects < 0 {
                "`Limits.redirects` is \(limits.redirects): give 0 or more."
            } else if [timeouts.open, timeouts.idle, timeouts.errorBody].contains(where: {
                $0.map { $0 <= .zero } ?? false
            }) {
                "A timeout is not positive: give more than 0, or nil for none."
            } else {
                reconnection?.problem
            }
        if let problem { throw EventStreamError(.invalidRequest, problem) }
    }
}

extension ReconnectionPolicy {
    /// What is wrong with the policy's settings; `nil` if nothing is.
    fileprivate var problem: String? {
        if min(baseDelay, minimumDelay, maximumDelay, healthyAfter) < .zero
            || maximumRetryAfter.map({ $0 < .zero }) == true
        {
            "A delay of the reconnection policy is negative: give 0 or more."
        } else if minimumDelay > maximumDelay {
            "The reconnection policy's minimumDelay is above its maximumDelay: swap them."
        } else if !multiplier.isFinite || multiplier < 1 {
            "The reconnection policy's multiplier is \(multiplier): give a number from 1."
        } else if !jitter.isFinite || jitter < 0 {
            "The reconnection policy's jitter is \(jitter): give a number from 0."
        } else if maximumAttempts.map({ $0 < 1 }) == true
            || maximumAttemptsBeforeOpen.map({ $0 < 1 }) == true
        {
            "The reconnection policy allows no attempt: give at least 1, or nil for no limit."
        } else {
            nil
        }
    }
}
