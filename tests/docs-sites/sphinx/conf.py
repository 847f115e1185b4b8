project = "A tutorial"
html_static_path = ["static"]
html_js_files = [("loopscope/loopscope.js", {"type": "module"})]
