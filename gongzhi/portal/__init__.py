"""
The residents' door: report with a photo, follow by number and code, rate.

Main words: report 我要上报, receipt, progress 查进度, rating.
Never: an account to report, or anything about a reporter on a public page.
"""
