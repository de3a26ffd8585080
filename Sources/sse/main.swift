print("sse")
